import type { ChildEnding } from '../platform'
import type { FileResult, ScanLimits } from './protocol'

/** Ends with the signal's abort: all children are gone when this rejects. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError'
}

export function endedEarly(signal: AbortSignal, ending: ChildEnding, when: string): Error {
  if (signal.aborted) return new CancelledError('The scan was cancelled.')
  return new Error(`The scan process ended ${when}: ${ending.sentence}.`)
}

/** Result of the file that a child was reading when it ended; `tooLong` is null or seconds. */
export function lostFile(
  ending: ChildEnding,
  tooLong: number | null,
  limits: ScanLimits,
): FileResult {
  const reason =
    tooLong !== null
      ? `Reading it took longer than ${tooLong} s and was stopped.`
      : ending.kind === 'out-of-memory'
        ? `Reading it needs more than ${limits.heapMegabytes} MiB of memory; raise the limit in Settings to look further.`
        : `The scan process did not survive this file: ${ending.sentence}.`
  return {
    format: 'unknown',
    bytes: 0,
    sha256: null,
    stat: null,
    status: 'inconclusive',
    reason,
    repeatable: false,
    facts: [],
  }
}
