import Type from 'typebox'

/** An identifier of ours: URL-safe, 1-64 characters. */
export const Id = Type.String({ pattern: '^[A-Za-z0-9_.-]{1,64}$' })

/** Milliseconds since 1970-01-01T00:00Z. */
export const EpochMs = Type.Number({ minimum: 0, maximum: 8.64e15 })

/** A SHA-256 digest in lower-case hexadecimal. */
export const Sha256Hex = Type.String({ pattern: '^[0-9a-f]{64}$' })

/** Bytes in base64url without padding. */
export const Base64Url = Type.String({ pattern: '^[A-Za-z0-9_-]*$', maxLength: 4096 })

/** A document may carry keys that a newer version knows: they are refused, not ignored. */
export const closed = { additionalProperties: false } as const
