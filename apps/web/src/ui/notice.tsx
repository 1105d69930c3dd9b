import type { ReactNode } from 'react'

import { ApiError } from './api.ts'
import { Button } from './button.tsx'

/** A centred message where there is no content: what, why, and the one next thing to do. */
export function Notice({
  title,
  children,
  action,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}) {
  return (
    <div role="status" className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-14 text-center">
      <p className="m-0 text-[15px] font-semibold">{title}</p>
      <div className="text-soft">{children}</div>
      {action === undefined ? null : <div className="mt-2">{action}</div>}
    </div>
  )
}

const titles = { refused: 'You are not signed in here', offline: 'The server does not answer', failed: 'That did not work' } as const

/** A failure in words, with its code and a way to try again. */
export function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const known = error instanceof ApiError ? error : new ApiError('failed', 'OVT-1619', String(error))
  return (
    <Notice title={titles[known.kind]} action={onRetry === undefined ? null : <Button onClick={onRetry}>Try again</Button>}>
      {known.message} <code className="font-mono text-xs whitespace-nowrap text-faint select-all">{known.code}</code>
    </Notice>
  )
}

/** Grey rows while something is on its way. */
export function Loading({ rows = 4, label }: { readonly rows?: number; readonly label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-2 p-4">
      {Array.from({ length: rows }, (_, at) => (
        <div key={at} className="h-11 animate-pulse rounded-md bg-sunken" />
      ))}
    </div>
  )
}
