import { piecesOf } from '@overt/viewer'

/** Recorded text, with a chip where something was hidden before it was stored. */
export function HiddenText({ text }: { readonly text: string }) {
  return piecesOf(text).map((piece, at) =>
    piece.kind === 'text' ? (
      <span key={at}>{piece.text}</span>
    ) : (
      <span
        key={at}
        title="Hidden before it left the page"
        className="mx-px inline-block rounded-full bg-hidden-wash px-1.5 text-[0.92em] font-semibold text-hidden"
      >
        {piece.what}
      </span>
    ),
  )
}
