import { defineConfig } from 'vitest/config'

const elsewhere = ['**/node_modules/**', '**/dist/**', '**/fixtures/**', '**/.cache/**']
const beside = '{packages,apps,scripts,bench}/**'
const browser = `${beside}/*.browser.test.{ts,tsx}`
const process = `${beside}/*.process.test.ts`

const bundles = './scripts/test-setup.ts'
/** What is polled for comes from another process: a second, the default, is what a busy machine may take for one answer. A test of a bound says its own. */
const expect = { poll: { timeout: 15_000 } }

/** `unit` runs in `npm run check`; what starts processes or browsers, or tells a story over the whole house, runs in `./overt test`. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: [`${beside}/*.test.{ts,tsx}`],
          exclude: [...elsewhere, browser, process],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'process',
          globalSetup: bundles,
          include: [process],
          exclude: elsewhere,
          testTimeout: 300_000,
          hookTimeout: 60_000,
          expect,
        },
      },
      {
        test: {
          name: 'browser',
          globalSetup: bundles,
          include: [browser],
          exclude: elsewhere,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect,
        },
      },
      {
        test: {
          name: 'e2e',
          globalSetup: bundles,
          include: ['tests/**/*.test.ts'],
          exclude: elsewhere,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          expect,
        },
      },
    ],
  },
})
