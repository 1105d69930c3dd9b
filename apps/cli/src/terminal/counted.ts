/** How many of something there are, in words: `1 event`, `2 events`, `1 episode`, `3 people` (`many`, where it is not the one with an s). */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
