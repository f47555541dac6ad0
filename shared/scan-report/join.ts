import type { Fact } from './fact'
import { joinCalls } from './join-calls'
import { type HookedFile, joinHooks } from './join-hooks'
import { joinWeights } from './join-weights'
import type { FileReport } from './report'

/** A file as the join sees it: what was found in it by itself. */
export interface JoinedFile extends HookedFile {
  format: string
  status: FileReport['status']
  bytes: number
}

/** What other files say about a file. */
export interface JoinChange {
  /** All facts of the file, the joined ones included. */
  facts: readonly Fact[]
  format?: string
  status?: FileReport['status']
  reason?: null
}

/** Folders whose keys and passwords are there for tests. */
const TESTS =
  /(^|\/)(tests?|testing|__tests__|spec|fixtures?|testdata|test_data|examples?|samples?|mocks?|docs?)(\/|$)|[._-](test|spec)\.\w+$|(^|\/)test_[^/]*$/i

/**
 * What the files of one root say about each other: hooks and the code they start, models and their
 * files of weights, keys that only tests use. A pure function of the files; the answer holds those
 * that change. A `yield` is where whoever runs it may stop for a moment.
 */
export function* joinFiles(
  files: readonly JoinedFile[],
): Generator<undefined, Map<string, JoinChange>> {
  const changes = new Map<string, JoinChange>()
  const called = yield* joinCalls(files)
  for (const [path, facts] of called) changes.set(path, { facts })
  const linked = files.map((file) => ({ ...file, facts: called.get(file.path) ?? file.facts }))
  for (const [path, facts] of yield* joinHooks(linked)) changes.set(path, { facts })
  for (const [path, change] of yield* joinWeights(files))
    changes.set(path, { ...change, facts: [...(changes.get(path)?.facts ?? change.facts)] })
  for (const file of files) {
    yield
    if (!TESTS.test(file.path) || !file.facts.some(isSecret)) continue
    const change = changes.get(file.path)
    changes.set(file.path, {
      ...change,
      facts: (change?.facts ?? file.facts).map((fact) =>
        isSecret(fact) ? { ...fact, name: fact.name.replace('secret.', 'secret.in-tests.') } : fact,
      ),
    })
  }
  return changes
}

const isSecret = ({ kind, name }: Fact): boolean =>
  kind === 'content' && name.startsWith('secret.') && !name.startsWith('secret.in-tests.')
