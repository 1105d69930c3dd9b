import { piecesOf } from '@overt/viewer'
import type { ReactNode } from 'react'

/** Stands for something that was hidden; `title` says how. */
export function Chip({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <span title={title} className="mx-px inline-block rounded-full bg-hidden-wash px-1.5 text-[0.92em] font-semibold text-hidden">
      {children}
    </span>
  )
}

/** Recorded text, with a chip where something was hidden before it was stored. */
export function HiddenText({ text }: { readonly text: string }) {
  return piecesOf(text).map((piece, at) =>
    piece.kind === 'text' ? (
      <span key={at}>{piece.text}</span>
    ) : (
      <Chip key={at} title="Hidden before it left the page">
        {piece.what}
      </Chip>
    ),
  )
}
