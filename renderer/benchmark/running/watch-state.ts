import type { BenchmarkEvent, FinishedLaunch } from '@shared/contract/benchmark'

export type Progress = Extract<BenchmarkEvent, { type: 'progress' }>
export type RunEnd = Extract<BenchmarkEvent, { type: 'done' | 'cancelled' | 'refused' | 'failed' }>

export interface WatchState {
  progress: Progress | null
  /** In the order in which they ran. */
  launches: readonly FinishedLaunch[]
  end: RunEnd | null
}

export const NOTHING_YET: WatchState = { progress: null, launches: [], end: null }

/** `'opened'` is a new subscription: the host tells everything again from the start. */
export function nextState(state: WatchState, event: BenchmarkEvent | 'opened'): WatchState {
  if (event === 'opened') return NOTHING_YET
  switch (event.type) {
    case 'progress':
      return { ...state, progress: event }
    case 'launch':
      return { ...state, launches: [...state.launches, event.launch] }
    default:
      return { ...state, end: event }
  }
}

/**
 * What the run could be graded if it ended now. The result's grade is decided by the host over all
 * readings; this says early where a run is headed.
 */
export function gradeSoFar({ progress, launches }: WatchState): 'A' | 'B' | 'C' | null {
  const quiet = progress?.quiet
  if (!quiet) return null
  const last = new Map(launches.map((launch) => [`${launch.block}/${launch.arm}`, launch]))
  const noisy = [...last.values()].some((launch) => launch.noisy)
  if (noisy || quiet.checks.some(({ state }) => state === 'bad')) return 'C'
  return quiet.checks.some(({ state }) => state === 'unknown') ? 'B' : 'A'
}

/** A model is a letter, as in ABBA; reference models are numbered. */
export function armLetter(arm: number, models: number): string {
  return arm < models ? String.fromCharCode(65 + arm) : `R${arm - models + 1}`
}
