import { classOf, keyOf, keysOfPieces } from '../beginning.ts'
import { codeAt } from '../character.ts'
import { isRole as asWritten } from '../small/role.ts'

/** The same of more roles than can be tried one after another: only what begins with the first three letters of one is. */
export function isRole(source: string): Pick<RegExp, 'test'> {
  const pattern = asWritten(source)
  let known: ReadonlySet<number> | undefined
  return {
    test: (header) => {
      known ??= keysOfPieces({ pieces: [source], pattern: (own) => own })[0]
      const key = keyOf(classOf(codeAt(header, 0)), classOf(codeAt(header, 1)), classOf(codeAt(header, 2)))
      return known?.has(key) === true && pattern.test(header)
    },
  }
}
