import type { QuietCheck } from '@shared/benchmark/environment'
import type { BenchmarkEvent, FinishedLaunch } from '@shared/contract/benchmark'
import { describe, expect, test } from 'vitest'
import {
  armLetter,
  gradeSoFar,
  NOTHING_YET,
  nextState,
} from '../../../renderer/benchmark/running/watch-state'

const launch = (index: number, more: Partial<FinishedLaunch> = {}): FinishedLaunch => ({
  index,
  arm: 0,
  block: index,
  ending: { kind: 'ok', signal: null, sentence: '' },
  noisy: false,
  wallMs: 900,
  value: 1000,
  ...more,
})

function progress(states: readonly QuietCheck['state'][]): BenchmarkEvent {
  return {
    type: 'progress',
    job: {
      id: '6f1f7d0c-8f52-4a53-9d0e-8f2f5b6f1c11',
      kind: 'benchmark',
      title: 'a.onnx',
      state: 'running',
      startedAt: new Date(0),
      eta: null,
      current: null,
      stage: 'measuring',
      launchesDone: 0,
      launchesTotal: 10,
    },
    arms: [],
    launch: null,
    quiet: {
      beforeLaunch: 0,
      checks: states.map((state) => ({ check: 'canary', state, value: null, sentence: '' })),
    },
    queued: 0,
  }
}

const stateOf = (...events: BenchmarkEvent[]) => events.reduce(nextState, NOTHING_YET)
const ran = (one: FinishedLaunch): BenchmarkEvent => ({ type: 'launch', launch: one })

describe('a run that is watched', () => {
  test('keeps launches in the order in which they ran', () => {
    const { launches } = stateOf(ran(launch(0)), ran(launch(1)))
    expect(launches.map(({ index }) => index)).toEqual([0, 1])
  })

  test('starts over with a new subscription: the host tells everything again', () => {
    expect(nextState(stateOf(ran(launch(0))), 'opened')).toEqual(NOTHING_YET)
  })
})

describe('the grade so far', () => {
  test('is not told before the first look', () => {
    expect(gradeSoFar(NOTHING_YET)).toBeNull()
  })

  test.each([
    [['ok', 'ok'], 'A'],
    [['ok', 'unknown'], 'B'],
    [['unknown', 'bad'], 'C'],
  ] as const)('is, for looks that say %j, %s', (states, grade) => {
    expect(gradeSoFar(stateOf(progress(states)))).toBe(grade)
  })

  test('is C while a noisy launch counts, and recovers once that is measured again', () => {
    const noisy = stateOf(progress(['ok']), ran(launch(0, { noisy: true })))
    expect(gradeSoFar(noisy)).toBe('C')
    expect(gradeSoFar(nextState(noisy, ran(launch(1, { block: 0 }))))).toBe('A')
  })
})

test('models are letters and reference models are numbered', () => {
  expect([0, 1, 2, 3].map((arm) => armLetter(arm, 2))).toEqual(['A', 'B', 'R1', 'R2'])
})
