import type { MinePicture } from '@overt/schema'

const kindWords: Readonly<Record<string, string>> = {
  card: 'a card number',
  iban: 'a bank account',
  secret: 'a password or key',
  email: 'an email address',
  phone: 'a phone number',
  person: 'a name',
  address: 'an address',
  ip: 'a network address',
  national_id: 'an identity number',
  date_of_birth: 'a date of birth',
  url_token: 'a token in an address',
  sought: 'a text that no picture may show',
}

/** What became of pictures of the person's, in one sentence. */
export function pictureWords({ what, pictures, kinds, by }: MinePicture): string {
  const why = kinds.map((kind) => kindWords[kind] ?? 'something private').join(', ')
  if (what === 'held') {
    const held = pictures === 1 ? 'A check held back a picture' : `A check held back ${pictures} pictures`
    return `${held}: ${why === '' ? 'it could not read what they show' : `it may have found ${why}`}. Nobody but you can see them.`
  }
  const found = why === '' ? 'that a check could not read' : `in which a check had found ${why}`
  return what === 'released'
    ? `${by} released a picture ${found}: those you agreed to may see it.`
    : `${by} destroyed a picture ${found}: nobody has it any more, you neither.`
}
