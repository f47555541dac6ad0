import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { postgresPrograms } from './test/fixtures/database/cluster.ts'

const at = (path: string) => resolve(import.meta.dirname, path)

// The tests of the database run on PGlite, and again on PostgreSQL where one is installed or named.
const postgres = Boolean(process.env.DATABASE_URL || postgresPrograms())

export default defineConfig({
  resolve: { alias: { '@shared': at('shared'), '@renderer': at('renderer') } },
  plugins: [react()],
  test: {
    // Much of a test is waiting for a child: also two processors are enough for two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Only against a hang: nothing here is a statement about speed.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 60_000 } },
    reporters: process.env.CI ? ['dot', 'json'] : ['default', 'json'],
    outputFile: { json: 'test-results/vitest.json' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/unit/**/*.test.{ts,tsx}'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          environment: 'node',
          include: ['test/integration/**/*.test.ts'],
          exclude: ['test/integration/electron/**'],
          // They start processes: a second try tells a busy machine from a defect.
          retry: 1,
        },
      },
      {
        extends: true,
        resolve: { alias: { electron: at('test/doubles/electron.ts') } },
        test: {
          name: 'electron',
          environment: 'node',
          include: ['test/integration/electron/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          environment: 'node',
          include: ['test/database/**/*.test.ts'],
          env: { DATABASE_URL: '' },
          globalSetup: 'test/database/build-template.ts',
          // A database is opened before the first test of a file; on a busy machine that takes a while.
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'database-postgres',
          environment: 'node',
          include: [
            postgres ? 'test/database/**/*.test.ts' : 'test/database/without-postgres.skipped.ts',
          ],
          globalSetup: 'test/database/global-setup.ts',
          hookTimeout: 180_000,
          setupFiles: ['test/database/use-postgres.ts'],
        },
      },
    ],
  },
})
