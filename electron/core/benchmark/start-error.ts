export type BenchmarkStartCode =
  | 'PATH_NOT_GRANTED'
  | 'PATH_NOT_FOUND'
  | 'SCENARIO_NOT_IN_SUITE'
  | 'TOO_MANY_RUNS'
  | 'NOT_RUNNABLE'
  | 'ENGINE_MISSING'

/** Why a run did not get into the queue; the contract names the codes. */
export class BenchmarkStartError extends Error {
  override readonly name = 'BenchmarkStartError'
  readonly code: BenchmarkStartCode
  readonly data: Record<string, string | number>
  constructor(code: BenchmarkStartCode, data: Record<string, string | number>) {
    super(SENTENCES[code](data))
    this.code = code
    this.data = data
  }
}

const SENTENCES: Record<BenchmarkStartCode, (data: Record<string, string | number>) => string> = {
  PATH_NOT_GRANTED: ({ path }) => `The console may not read ${path}; choose it in the dialog.`,
  PATH_NOT_FOUND: ({ path }) => `${path} does not exist or cannot be read.`,
  SCENARIO_NOT_IN_SUITE: ({ scenario }) => `The suite has no scenario "${scenario}".`,
  TOO_MANY_RUNS: ({ queued }) => `${queued} runs wait already; let some of them end first.`,
  NOT_RUNNABLE: ({ reason }) => String(reason),
  ENGINE_MISSING: ({ reason }) => String(reason),
}
