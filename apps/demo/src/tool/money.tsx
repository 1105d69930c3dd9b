import { NumberField } from 'react-admin'

const options = { style: 'currency', currency: 'EUR' } as const
const format = new Intl.NumberFormat('en-IE', options)

/** `€1,240.00` */
export function euro(amountEuro: number): string {
  return format.format(amountEuro)
}

/** A record's amount as a column. */
export function EuroField({ source }: { readonly source: string }) {
  return <NumberField source={source} locales="en-IE" options={options} />
}
