import { createHash } from 'node:crypto'
import type { TensorModel } from './engines/engine'
import type { PreparedQueries } from './inputs/queries'
import { checkOutputs, outputKey } from './outputs'

/**
 * What every feed answers when nobody times it, and whether it answers the same when somebody does:
 * a model that saves work while the clock runs is found here (MLPerf compliance TEST01).
 */
export function createOutputWatch(model: TensorModel, mostElements: number) {
  const references = new Map<unknown, string>()
  let queries = 0
  let different = 0

  function keyOf(output: unknown): string {
    const outputs = model.read(output)
    checkOutputs(outputs, model.outputs, mostElements)
    return outputKey(outputs)
  }

  return {
    /** Runs every feed once, untimed, and checks all that comes back. */
    async takeReferences({ feeds }: PreparedQueries, run: TensorModel['run']): Promise<void> {
      for (const feed of feeds) references.set(feed, keyOf(await run(feed)))
    },
    /** Takes one output of the timed run. */
    compare(feed: unknown, output: unknown): void {
      queries++
      if (keyOf(output) !== references.get(feed)) different++
    },
    sampled: () => ({ queries, different }),
    digest: () =>
      createHash('sha256')
        .update([...references.values()].join('\n'))
        .digest('hex'),
  }
}
