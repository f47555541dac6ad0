import { implement } from '@orpc/server'
import { contract } from '@shared/contract'
import type { Console } from './console'

/** The contract with what every procedure gets. Each validates, calls one service, names its errors. */
export const api = implement(contract).$context<{ console: Console }>()

/**
 * For answers that hold a whole report, which was checked finding by finding when it was read: a
 * second time, in one go, would hold up the host for 60 ms at 10,000 findings.
 */
export const apiOfReports = implement(contract, {
  initialOutputValidationIndex: Number.NaN,
}).$context<{
  console: Console
}>()
