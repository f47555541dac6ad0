/** Ends a launch with a sentence: the model or its data are not what they should be. */
export class LaunchFailure extends Error {
  override readonly name = 'LaunchFailure'
  readonly kind: 'bad-output' | 'out-of-memory' | 'refused'

  constructor(kind: LaunchFailure['kind'], sentence: string, cause?: unknown) {
    super(sentence, { cause })
    this.kind = kind
  }
}

const MEMORY =
  /bad_alloc|bad allocation|out of memory|allocation failed|cannot allocate memory|failed to allocate|ERR_MEMORY_ALLOCATION/i

/** What an engine threw, as a failure of the launch. */
export function failureOf(error: unknown, during: string): LaunchFailure {
  if (error instanceof LaunchFailure) return error
  const message = error instanceof Error ? error.message : String(error)
  const code = (error as NodeJS.ErrnoException | null)?.code ?? ''
  if (MEMORY.test(message) || MEMORY.test(code))
    return new LaunchFailure(
      'out-of-memory',
      `There was not enough memory within the limit ${during}.`,
      error,
    )
  return new LaunchFailure('refused', `The engine refused ${during}: ${oneLine(message)}`, error)
}

/** Text of an engine may quote the model: one line, no control characters, not too long. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 600)
}
