import { defineConfig } from 'vitest/config'

const elsewhere = ['**/node_modules/**', '**/dist/**', '**/fixtures/**', '**/.cache/**']
const browser = '{packages,apps,bench}/**/*.browser.test.{ts,tsx}'

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{packages,apps,scripts,bench}/**/*.test.{ts,tsx}'],
          exclude: [...elsewhere, browser],
          testTimeout: 60_000,
        },
      },
      { test: { name: 'browser', include: [browser], exclude: elsewhere, testTimeout: 60_000, hookTimeout: 60_000 } },
      { test: { name: 'e2e', include: ['tests/**/*.test.ts'], exclude: elsewhere, testTimeout: 600_000, hookTimeout: 600_000 } },
    ],
  },
})
