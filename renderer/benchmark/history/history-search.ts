import { MEASURES, type Measure } from '@shared/benchmark/measures'

/** Absent is the measure the scenario is judged by. */
export function parseHistorySearch(search: Record<string, unknown>): { measure?: Measure } {
  const measure = MEASURES.find((known) => known === search.measure)
  return measure === undefined ? {} : { measure }
}
