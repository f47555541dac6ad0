import type { Launch, Measured } from './launch'
import type { Measure } from './measures'
import { MEASURE } from './measures'

/** A launch whose numbers count. */
export type CountedLaunch = Launch & { measured: Measured }

/**
 * The launches that statistics are made of. One place in the order (block and arm) is measured
 * again when it was noisy or when its block was torn apart by a pause; then the last one counts, and
 * the others stay in the document for whoever wants to judge that.
 */
export function countedLaunches(launches: readonly Launch[]): CountedLaunch[] {
  const places = new Map<string, Launch>()
  for (const launch of [...launches].sort((a, b) => a.index - b.index))
    places.set(`${launch.block}/${launch.arm}`, launch)
  return [...places.values()]
    .filter((launch): launch is CountedLaunch => launch.measured !== null)
    .sort((a, b) => a.block - b.block || a.index - b.index)
}

/** The value of every counted launch that has one, with its block. */
export function launchValues(
  launches: readonly Launch[],
  measure: Measure,
): { block: number; value: number }[] {
  return countedLaunches(launches).flatMap(({ block, measured }) => {
    const value = MEASURE[measure].of(measured)
    return value === null ? [] : [{ block, value }]
  })
}
