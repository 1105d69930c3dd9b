// Taken when this is loaded: a page may replace it.
const { stringify } = JSON

/** JSON with sorted keys and no white space (RFC 8785 for the values that our documents hold): the bytes that are hashed and signed. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  return `{${entries
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, member]) => `${stringify(key)}:${canonicalJson(member)}`)
    .join(',')}}`
}
