import { statSync } from 'node:fs'
import type { EngineName, ModelFormat } from '@shared/benchmark/result'
import { ENGINES_OF, readyEngine } from './engine-stamp'
import { type ModelScanParts, peekAtModel } from './model-scan'
import { NotRunnableError } from './not-runnable'
import { BenchmarkStartError } from './start-error'

/** A model whose scan takes less than a second. */
const MOST_LOOKED_AT_BYTES = 64 * 1024 ** 2

/**
 * Says at once what no engine here runs, where a look is short; otherwise the run itself finds it
 * out. Throws BenchmarkStartError.
 */
export async function refuseForeign(
  parts: ModelScanParts,
  path: string,
  engine: EngineName | null,
): Promise<void> {
  const info = statSync(path)
  if (info.isFile() && info.size > MOST_LOOKED_AT_BYTES) return
  const { identify } = await peekAtModel(parts, path, new AbortController().signal)
  const format = formatOf(path, () => identify().identity.format)
  const found = ENGINES_OF[format].find((name) => engine === null || name === engine)
  if (found === undefined)
    throw new BenchmarkStartError('NOT_RUNNABLE', {
      path,
      reason: `${engine} does not run ${format}; leave the engine open, or choose ${ENGINES_OF[format].join(' or ')}.`,
    })
  if (readyEngine(parts.platform.paths, format, engine) === undefined)
    throw new BenchmarkStartError('ENGINE_MISSING', {
      engine: found,
      reason: `The engine ${found} is not installed; install it first.`,
    })
}

function formatOf(path: string, identify: () => ModelFormat): ModelFormat {
  try {
    return identify()
  } catch (error) {
    if (!(error instanceof NotRunnableError)) throw error
    const how = error.exportCommand === null ? '' : ` ${error.exportCommand}`
    throw new BenchmarkStartError('NOT_RUNNABLE', { path, reason: `${error.reason}${how}` })
  }
}
