import type { TestProject } from 'vitest/node'
import { postgresPrograms, startCluster } from '../fixtures/database/cluster'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
  }
}

/** One server of PostgreSQL for the run, unless DATABASE_URL names one. */
export default async function setup(project: TestProject) {
  const programs = postgresPrograms()
  if (process.env.DATABASE_URL || !programs) {
    project.provide('databaseUrl', process.env.DATABASE_URL ?? '')
    return
  }
  const { url, stop } = await startCluster(programs)
  project.provide('databaseUrl', url)
  return stop
}
