/** What a picture is called where it is judged: the keyed hash of its record, which names nobody, and its place in there. */
export function pictureName(record: string, picture: number): string {
  return `${record}-${picture}`
}

/** Reads such a name; undefined where it is none. */
export function pictureNamed(name: string): { readonly record: string; readonly picture: number } | undefined {
  const [, record, picture] = /^([0-9a-f]{64})-(\d{1,9})$/.exec(name) ?? []
  return record === undefined || picture === undefined ? undefined : { record, picture: Number(picture) }
}
