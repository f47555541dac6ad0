/**
 * Parsers of source code are a chunk of their own (acorn, Lezer's Python tables): most scans read
 * models only, and never pay for compiling them.
 */
type SourceEngine = typeof import('./source')

let engine: SourceEngine | undefined

/** Thrown by a parser that needs the chunk; whoever runs the scan loads it and scans the file again. */
export class SourceEngineNeeded extends Error {
  override readonly name = 'SourceEngineNeeded'
}

export function sourceEngine(): SourceEngine {
  if (engine === undefined) throw new SourceEngineNeeded()
  return engine
}

export async function loadSourceEngine(): Promise<void> {
  engine ??= await import('./source')
}
