import { createHash } from 'node:crypto'
import { differs } from '@shared/benchmark/cross-check'
import type { TensorModel } from './engines/engine'
import type { PreparedQueries } from './inputs/queries'
import { checkOutputs, outputKey, outputNumbers } from './outputs'

/** Numbers of an output that are kept to compare with; the first ones of each output. */
const MOST_NUMBERS = 1024
/** The same for the host, of the first feed. */
const SAMPLE_NUMBERS = 64
const LARGEST = 1e300

/**
 * What every feed answers when nobody times it, and whether it answers the same when somebody does:
 * a model that saves work while the clock runs is found here (MLPerf compliance TEST01).
 */
export function createOutputWatch(model: TensorModel, mostElements: number) {
  const references = new Map<unknown, number[]>()
  const hash = createHash('sha256')
  let sample: number[] = []
  let queries = 0
  let different = 0

  function read(output: unknown) {
    const outputs = model.read(output)
    checkOutputs(outputs, model.outputs, mostElements)
    return outputs
  }

  return {
    /** Runs every feed once, untimed, and checks all that comes back. */
    async takeReferences({ feeds }: PreparedQueries, run: TensorModel['run']): Promise<void> {
      for (const feed of feeds) {
        const outputs = read(await run(feed))
        const numbers = outputNumbers(outputs, MOST_NUMBERS)
        if (references.size === 0) sample = numbers.slice(0, SAMPLE_NUMBERS)
        references.set(feed, numbers)
        hash.update(outputKey(outputs))
      }
    },
    /** Takes one output of the timed run. */
    compare(feed: unknown, output: unknown): void {
      queries++
      if (differs(outputNumbers(read(output), MOST_NUMBERS), references.get(feed) ?? []))
        different++
    },
    sampled: () => ({ queries, different }),
    digest: () => hash.copy().digest('hex'),
    // JSON knows no infinity.
    sample: () =>
      sample.map((value) => Number(Math.max(-LARGEST, Math.min(LARGEST, value)).toPrecision(6))),
  }
}
