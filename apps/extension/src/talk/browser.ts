// The builder's own door to these types asks for a looser module resolution than this project's.
import type { Browser } from '@wxt-dev/browser/src/gen/index.d.ts'

export type { Browser }

type Interfaces = typeof Browser

const { browser: standard, chrome } = globalThis as unknown as { browser?: Interfaces; chrome: Interfaces } // as: what the browser gives an extension; Firefox under the first name

/** The interfaces that the browser gives an extension; they answer with promises in both browsers. */
export const browser: Interfaces = standard ?? chrome
