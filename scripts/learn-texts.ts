/** A text and where something of a kind is in it. */
export interface Marked {
  readonly text: string
  readonly spans: readonly { readonly start: number; readonly end: number; readonly kind: string }[]
}

/** Reads `{"text": "Hi ⟦person|Ada⟧"}`. */
export function markedIn(line: string): Marked {
  const { text } = JSON.parse(line) as { text: string } // as: the format above
  const spans: Marked['spans'][number][] = []
  let plain = ''
  let last = 0
  for (const { index, 0: whole, 1: kind = '', 2: inner = '' } of text.matchAll(/⟦([a-z_]+)\|([^⟧]*)⟧/g)) {
    plain += text.slice(last, index)
    spans.push({ start: plain.length, end: plain.length + inner.length, kind })
    plain += inner
    last = index + whole.length
  }
  return { text: plain + text.slice(last), spans }
}

interface Stretch {
  readonly start: number
  readonly end: number
}

/** Whether two stretches have a character in common. */
export function overlap(one: Stretch, other: Stretch): boolean {
  return one.start < other.end && other.start < one.end
}

/** Whether it opens something. */
export function isSecret({ kind }: { readonly kind: string }): boolean {
  return kind === 'code' || kind.startsWith('secret')
}

const shield = '\x80'

/** A text as it is looked at again once some of its spans are found: each is one sign. `found`: in order. */
export function shielded({ text, spans }: Marked, found: readonly Stretch[]): Marked {
  let plain = ''
  let last = 0
  for (const { start, end } of found) {
    plain += text.slice(last, start) + shield
    last = end
  }
  const moved = (place: number): number => found.reduce((sum, { start, end }) => (end <= place ? sum - (end - start) + 1 : sum), place)
  const left = spans.filter((span) => !found.some((one) => overlap(one, span)))
  return { text: plain + text.slice(last), spans: left.map((span) => ({ ...span, start: moved(span.start), end: moved(span.end) })) }
}

const units =
  ' kg, mm, km,%, EUR, Stück, min, requests, pcs, m, kr, zł, solicitudes, files, errors, users, visitors, h, °C, TL, pagine, stron, kWh, GB'.split(
    ',',
  )
const heads =
  'Order ,order no. ,ticket ,Nr. ,room ,line ,error ,Bestellnummer ,sipariş no ,pedido ,commande ,bus ,gate ,model ,part no. ,Rechnung ,build ,invoice ,page ,case ,type ,注文番号 ,订单号 ,заказ № ,Pumpe ,Alarm '.split(
    ',',
  )

/** The same texts with a number that was a secret counted, or called something else: nothing but that word tells them apart. */
export function contrasts({ text, spans }: Marked, turn: number): readonly Marked[] {
  return spans.flatMap((span) => {
    const { start, end } = span
    if (!isSecret(span) || !/^[\d -]{3,9}$/.test(text.slice(start, end))) return []
    const [unit, head] = [units[turn % units.length] ?? '', heads[turn % heads.length] ?? '']
    const others = spans.filter((one) => one !== span)
    const push = (by: number, from: number): Marked['spans'] =>
      others.map((one) => (one.start < from ? one : { ...one, start: one.start + by, end: one.end + by }))
    return [
      { text: text.slice(0, end) + unit + text.slice(end), spans: push(unit.length, end) },
      { text: text.slice(0, start) + head + text.slice(start), spans: push(head.length, start) },
    ]
  })
}
