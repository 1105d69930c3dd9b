/** Whether a header is one of some roles, in the singular or the plural, or the name of one. */
export function isRole(source: string): RegExp {
  return new RegExp(`^(?:${source})s?(?: ?(?:name|naam|ad[ıi]))?$`, 'iu')
}
