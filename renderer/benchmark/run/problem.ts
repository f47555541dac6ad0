import { isDefinedError } from '@orpc/client'
import { describeError } from '@renderer/app/errors'
import type { client, Errors } from '@renderer/app/rpc'
import { ENGINE_NAME } from '../messages'
import { text } from './messages'

type Refusal = Errors<typeof client.benchmark.start> | Errors<typeof client.files.browse>

/** A sentence that says what to do. `roots` are the folders that the console may read. */
export function problemText(error: unknown, roots: readonly string[]): string {
  const refusal = error as Refusal
  if (!isDefinedError(refusal)) return describeError(error).message
  switch (refusal.code) {
    case 'NOT_RUNNABLE':
      return text.problem.notRunnable(refusal.data.path, refusal.data.reason)
    case 'ENGINE_MISSING': {
      const { engine, reason } = refusal.data
      const name = Object.entries(ENGINE_NAME).find(([id]) => id === engine)?.[1] ?? engine
      return text.problem.engineMissing(name, reason)
    }
    case 'SCENARIO_NOT_IN_SUITE':
      return text.problem.scenario(refusal.data.scenario)
    case 'TOO_MANY_RUNS':
      return text.problem.tooMany(refusal.data.queued, refusal.data.limit)
    case 'SUITE_NOT_FOUND':
      return text.problem.suiteMissing(refusal.data.suite)
    case 'SUITE_INVALID':
      return text.problem.suiteInvalid(refusal.data.suite, refusal.data.reason)
    case 'PATH_NOT_GRANTED':
      return text.problem.notGranted(refusal.data.path, roots)
    case 'PATH_NOT_FOUND':
      return text.problem.notFound(refusal.data.path)
    default:
      return describeError(error).message
  }
}
