import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { SuiteChoice, SuiteRow } from '@shared/contract/benchmark'
import { type OpenSuite, readSuite, SuiteError } from './suite-folder'

/** Suites that come with the console, and folders that a user names. */
export interface Suites {
  /** The built-in ones, by title. */
  list(): SuiteRow[]
  /** Throws SuiteError. */
  open(choice: SuiteChoice): OpenSuite
}

export function createSuites(resources: string): Suites {
  const builtIn = join(resources, 'suites')
  const names = () => {
    try {
      return readdirSync(builtIn, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
    } catch {
      return []
    }
  }
  const all = () => names().map((name) => readSuite(join(builtIn, name)))
  return {
    list: () =>
      all()
        .map((suite) => suiteRow(suite, { kind: 'built-in', id: suite.manifest.id }))
        .sort((a, b) => (a.title < b.title ? -1 : 1)),
    open(choice) {
      if (choice.kind === 'folder') return readSuite(choice.path)
      const found = all().find(({ manifest }) => manifest.id === choice.id)
      if (found === undefined)
        throw new SuiteError(choice.id, `There is no built-in suite "${choice.id}".`, true)
      return found
    },
  }
}

export function suiteRow({ manifest }: OpenSuite, choice: SuiteChoice): SuiteRow {
  const { id, version, title, description, category, task, metric } = manifest
  return {
    choice,
    id,
    version,
    title,
    description,
    category,
    task,
    metric,
    scenarios: manifest.scenarios.map(({ kind }) => kind),
    hasData: manifest.data !== undefined,
    references: manifest.references.length,
  }
}
