import { Imprecise, type Machine } from './machine'

/** Steps of one attempt; a decoder of some ten thousand characters needs that many. */
const LONG_ATTEMPT = 500_000
/** Steps that may be lost on attempts that fail, before attempts become short. */
const MOST_WASTED = 100_000
const SHORT_ATTEMPT = 2000

/** Runs it as the program would; undoes it and gives undefined when something is not known. */
export function attemptPrecisely<T>(m: Machine, run: () => T): T | undefined {
  if (m.precise === 0) m.ranOut = false
  if (m.preciseSteps <= 0) {
    m.ranOut = true
    return undefined
  }
  const allowed = Math.min(
    m.preciseSteps,
    m.wastedSteps > MOST_WASTED ? SHORT_ATTEMPT : LONG_ATTEMPT,
  )
  const before = m.attemptSteps
  if (m.precise === 0) m.attemptSteps = allowed
  const undo: (() => void)[] = []
  const { journal, returned, callDepth, maybe } = m
  m.journal = (one) => undo.push(one)
  m.precise++
  try {
    return run()
  } catch (error) {
    if (!(error instanceof Imprecise)) throw error
    for (const one of undo.reverse()) one()
    if (m.precise === 1) {
      m.wastedSteps += allowed - m.attemptSteps
      m.ranOut ||= m.attemptSteps <= 0
    }
    m.returned = returned
    m.callDepth = callDepth
    m.maybe = maybe
    return undefined
  } finally {
    m.precise--
    if (m.precise === 0) {
      m.preciseSteps -= allowed - m.attemptSteps
      m.attemptSteps = before
    }
    m.journal = journal
  }
}
