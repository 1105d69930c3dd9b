import type { MinePicture } from '@overt/schema'

import { dateOf, timeOf } from '../ui/clock.ts'
import { pictureWords } from './picture-words.ts'

/** What became of the person's pictures that a check held back; nothing where none was. */
export function HeldPictures({ pictures }: { readonly pictures: readonly MinePicture[] }) {
  if (pictures.length === 0) return null
  return (
    <section aria-labelledby="held-pictures" className="flex flex-col gap-2">
      <h2 id="held-pictures" className="m-0 text-base font-semibold">
        Your pictures
      </h2>
      <ul className="m-0 list-none p-0">
        {pictures.map((one) => (
          <li key={one.index} className="border-b border-line py-2">
            <span className="mr-4 whitespace-nowrap text-soft tabular-nums">
              {dateOf(one.atEpochMs)}, {timeOf(one.atEpochMs)}
            </span>
            {pictureWords(one)}
          </li>
        ))}
      </ul>
    </section>
  )
}
