/** Places of payment, banking, health, personnel, organising, whistle-blowing and passwords, by the words in their addresses. */
const words =
  /(?:^|[/.-])(?:stripe|paypal|\w*bank(?:ing)?|sparkasse|health|patients?|clinic|hospital|hr|payroll|union|works?-?council|betriebsrat|gewerkschaft|whistle-?blow\w*|hinweisgeber\w*|1password|lastpass|bitwarden|vault)(?:[/.:-]|$)/i

/** Whether an origin or a path is on the list of what is never recorded. A manifest makes the list longer by its exceptions; nothing makes it shorter. */
export function isNeverRecorded(part: string): boolean {
  return words.test(part)
}
