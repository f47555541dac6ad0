import type { Launch } from './launch'

/** One item again and again beside changing items, in the launch where it was fastest. */
export interface RepeatedItem {
  /** p50 of the repeated item over p50 of changing items. */
  ratio: number
  /** What it took less, nanoseconds; negative where it took more. */
  savedNs: number
}

/** MLPerf's compliance test 04: one item again and again may be at most 10 % faster than changing items. */
const LEAST_RATIO = 0.9
/** An input that lies in the processor's own cache saves this much without anybody cheating. */
const COLD_INPUT_NS = 2000

export const looksCached = ({ ratio, savedNs }: RepeatedItem): boolean =>
  ratio < LEAST_RATIO && savedNs > COLD_INPUT_NS

/** The worst of the launches; null where none measured it. */
export function repeatedItemOf(launches: readonly Launch[]): RepeatedItem | null {
  const all = launches.flatMap(({ measured }) => {
    const one = measured?.repeatedItem
    return one ? [{ ratio: one.ratio, savedNs: one.uniqueP50 - one.repeatedP50 }] : []
  })
  return all.reduce<RepeatedItem | null>(
    (worst, one) => (worst === null || one.ratio < worst.ratio ? one : worst),
    null,
  )
}
