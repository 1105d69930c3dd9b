import Type, { type Static } from 'typebox'

import { closed } from './scalar.ts'

/** Longest picture as base64: about 1 MB of bytes. */
const longestPictureChars = 1_400_000

/** Pixels of one document's viewport, what is masked filled before they were encoded. */
export const Picture = Type.Object(
  {
    /** Unique in its producer, rising. */
    id: Type.Integer({ minimum: 0 }),
    format: Type.Literal('webp'),
    /** Base64 with padding. */
    image: Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength: longestPictureChars }),
    widthPx: Type.Integer({ minimum: 1, maximum: 8_192 }),
    heightPx: Type.Integer({ minimum: 1, maximum: 8_192 }),
    /** Pixels of the picture for one CSS pixel of the viewport. */
    pixelRatio: Type.Number({ exclusiveMinimum: 0, maximum: 16 }),
    /** Areas that were filled. */
    masks: Type.Integer({ minimum: 0 }),
  },
  closed,
)
export type Picture = Static<typeof Picture>

/** Why an event has no picture. */
export const PictureGap = Type.Union([
  /** The person's browser does not let the recorder take any. */
  Type.Literal('no-permission'),
  /** Not agreed to at this place. */
  Type.Literal('place'),
  /** The browser allows two a second. */
  Type.Literal('rate'),
  /** Another tab or nothing of the page was to be seen. */
  Type.Literal('hidden'),
  /** Something moved between the geometry and the pixels, or since. */
  Type.Literal('moved'),
  /** Too long to mask, too large, or the day's share of pictures was used up. */
  Type.Literal('budget'),
  /** Something that has to be masked lies where nobody can tell. */
  Type.Literal('unknown'),
  /** The document is a frame that does not know where it lies in the tab. */
  Type.Literal('frame'),
  /** It came too late for the batch, or none was asked for. */
  Type.Literal('late'),
  /** The browser gave none, or no scale that fits its viewport. */
  Type.Literal('failed'),
])
export type PictureGap = Static<typeof PictureGap>

const seq = Type.Integer({ minimum: 0 })

/** The picture of an event, or why there is none. */
export const Pictured = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('captured'),
      /** `seq` of the event. */
      event: seq,
      /** `Picture.id`, in this batch or an earlier one of the same producer. */
      picture: Type.Integer({ minimum: 0 }),
      /** It was whole before the act began, was being taken when it began, or was asked for since. */
      when: Type.Union([Type.Literal('before'), Type.Literal('during'), Type.Literal('after')]),
      /** Time between the picture and the act. */
      ageMs: Type.Integer({ minimum: 0 }),
    },
    closed,
  ),
  Type.Object({ kind: Type.Literal('unavailable'), event: seq, reason: PictureGap }, closed),
])
export type Pictured = Static<typeof Pictured>
