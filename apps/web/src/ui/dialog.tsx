import { useEffect, useRef, type ReactNode } from 'react'

/** A modal dialog; Escape closes it. */
export function Dialog({
  title,
  children,
  onClose,
}: {
  readonly title: string
  readonly children: ReactNode
  readonly onClose: () => void
}) {
  const host = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = host.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={host}
      aria-label={title}
      onClose={onClose}
      className="w-[26rem] max-w-[92vw] rounded-xl border border-line bg-card p-0 text-ink shadow-2xl"
    >
      <div className="flex flex-col gap-3 p-5">
        <h2 className="m-0 text-base font-semibold">{title}</h2>
        {children}
      </div>
    </dialog>
  )
}
