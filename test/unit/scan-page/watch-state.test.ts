import { liveOrder, NOTHING_YET, nextState } from '@renderer/scan/running/watch-state'
import type { ScanEvent } from '@shared/contract/scan'
import { expect, it } from 'vitest'
import { makeFinding } from './make'

const found = (path: string, severity: 'low' | 'critical'): ScanEvent => ({
  type: 'findings',
  path,
  findings: [makeFinding({ severity })],
})

it('collects findings as they come and shows the worst first', () => {
  const state = [found('a', 'low'), found('b', 'critical'), found('c', 'low')].reduce(
    nextState,
    NOTHING_YET,
  )
  expect(liveOrder(state.findings).map(({ path }) => path)).toEqual(['b', 'a', 'c'])
})

it('begins anew when the host tells everything again after a reconnect', () => {
  const before = nextState(NOTHING_YET, found('a', 'low'))
  const after = nextState(nextState(before, 'opened'), found('a', 'low'))
  expect(after.findings).toHaveLength(1)
})

it('keeps how the scan ended', () => {
  expect(nextState(NOTHING_YET, { type: 'cancelled' }).end).toEqual({ type: 'cancelled' })
  const failed: ScanEvent = { type: 'failed', message: 'The disk is full.' }
  expect(nextState(NOTHING_YET, failed).end).toEqual(failed)
})
