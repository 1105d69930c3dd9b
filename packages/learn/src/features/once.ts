/** Makes a function of a text that works each text out once: a page says the same again and again. It lives as long as what it is made for, a decision. */
export function once<T extends object | string | number | boolean>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>()
  return (text) => {
    const known = made.get(text)
    if (known !== undefined) return known
    const value = make(text)
    made.set(text, value)
    return value
  }
}
