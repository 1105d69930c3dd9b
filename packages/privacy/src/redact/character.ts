// oxlint-disable-next-line typescript/unbound-method -- called with its text
const { charCodeAt } = String.prototype

/** The code of a text's unit at a place; NaN where there is none, which is asked before the call: an engine that has once met a place out of range makes a slow call of all of them. By the prototype's own function: engines look a method of a string up anew for each of the ways in which they keep strings, which takes longer than the call. */
export function codeAt(text: string, at: number): number {
  return at >= 0 && at < text.length ? charCodeAt.call(text, at) : NaN
}

/** Whether a code is that of a letter of English. */
export function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

/** Whether a code is that of a digit. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}
