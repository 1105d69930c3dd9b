import { fileURLToPath } from 'node:url'

/** Where the bundles lie that the server hands out, and browsers load; `scripts/build.ts` makes them. */
export const bundleRoots = {
  web: fileURLToPath(new URL('../../../web/dist', import.meta.url)),
  extension: fileURLToPath(new URL('../../../extension/dist', import.meta.url)),
  tool: fileURLToPath(new URL('../../../demo/dist', import.meta.url)),
} as const
