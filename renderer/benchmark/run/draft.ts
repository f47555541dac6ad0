import type { EngineName } from '@shared/benchmark/result'
import { PROFILES, type SCENARIOS } from '@shared/benchmark/scales'
import type { BenchmarkSetup, SuiteChoice } from '@shared/contract/benchmark'
import { createStore, useStore } from '../../app/store'

/** Models that one run can take. */
export const MOST_MODELS = 5

export const MOST_THREADS = 256
export const MOST_LAUNCHES = 100

export const isBetween = (value: number | null, low: number, high: number): value is number =>
  Number.isInteger(value) && value !== null && value >= low && value <= high

/** An order that is being written. Null is "the console's own choice". */
export interface Draft {
  models: readonly string[]
  suite: SuiteChoice | null
  scenario: (typeof SCENARIOS)[number] | null
  engine: EngineName | null
  threads: number
  profile: (typeof PROFILES)[number]
  /** Fresh processes per model; null is what the profile says. */
  launches: number | null
  references: boolean
}

const STORED = 'prometheus.benchmark-draft'
const FRESH: Draft = {
  models: [],
  suite: null,
  scenario: null,
  engine: null,
  threads: 1,
  profile: 'quick',
  launches: null,
  references: true,
}

const draft = createStore<Draft>(remembered())
draft.subscribe(() => sessionStorage.setItem(STORED, JSON.stringify(draft.get())))

export const useDraft = (): Draft => useStore(draft)
export const changeDraft = (change: Partial<Draft>): void =>
  draft.set({ ...draft.get(), ...change })

/** Adds what is not there yet, and says whether there was room for all of it. */
export function addModels(paths: readonly string[]): boolean {
  const models = [...new Set([...draft.get().models, ...paths])]
  changeDraft({ models: models.slice(0, MOST_MODELS) })
  return models.length <= MOST_MODELS
}

/** What the console is asked to run; null while something is missing. */
export function setupOf(order: Draft, suite: SuiteChoice | null): BenchmarkSetup | null {
  if (order.models.length === 0 || suite === null) return null
  return {
    models: order.models.map((path) => ({ path })),
    suite,
    ...(order.scenario && { scenario: order.scenario }),
    ...(order.engine && { engine: order.engine }),
    threads: order.threads,
    profile: order.profile,
    ...(order.launches !== null && { launches: order.launches }),
    references: order.references,
  }
}

/** A reload keeps the order; what an older page wrote is not trusted. */
function remembered(): Draft {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? 'null')
    if (typeof stored !== 'object' || stored === null) return FRESH
    const { models, threads, launches, profile, references } = { ...FRESH, ...stored } as Draft
    return {
      ...FRESH,
      ...(stored as Draft),
      models: Array.isArray(models) ? models.filter((path) => typeof path === 'string') : [],
      threads: isBetween(threads, 1, MOST_THREADS) ? threads : 1,
      launches: isBetween(launches, 1, MOST_LAUNCHES) ? launches : null,
      profile: PROFILES.find((name) => name === profile) ?? 'quick',
      references: references !== false,
    }
  } catch {
    return FRESH
  }
}
