import { defineConfig } from '@playwright/test'
import type { ConsoleOptions } from './fixtures/console'

export default defineConfig<ConsoleOptions>({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A second try tells a busy machine from a defect; what needed one is named at the end of `npm test`.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [
    [process.env.CI ? 'dot' : 'list'],
    ['json', { outputFile: '../../test-results/playwright.json' }],
  ],
  // The same specs on both graphical hosts. What only one of them has (a token, uploads, a folder
  // picker of its own) is tagged; without Electron's binary its project is reported as skipped.
  projects: [
    { name: 'loopback', use: { host: 'loopback' }, testIgnore: '**/whole-path.spec.ts' },
    // Measures in earnest, so nothing else runs beside it.
    {
      name: 'alone',
      use: { host: 'loopback' },
      testMatch: '**/whole-path.spec.ts',
      dependencies: ['loopback'],
    },
    {
      name: 'electron',
      use: { host: 'electron' },
      grepInvert: /@loopback/,
      // A file that buyers open in a browser of their own: it has no host.
      testIgnore: ['**/verifier.spec.ts', '**/whole-path.spec.ts'],
    },
  ],
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    launchOptions: {
      ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
