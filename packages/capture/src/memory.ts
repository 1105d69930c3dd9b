/** Makes what belongs to a text once, until so many texts are remembered that all are forgotten. */
export function createMemory<T>(most = 5_000): (text: string, make: () => T) => T {
  const known = new Map<string, T>()
  return (text, make) => {
    if (known.size > most) known.clear()
    const made = known.get(text) ?? make()
    known.set(text, made)
    return made
  }
}
