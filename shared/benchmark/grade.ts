import { countedLaunches } from './counted'
import type { QuietReading } from './environment'
import type { Launch } from './launch'
import type { GRADES } from './scales'

/** States of the machine that hold for a whole run; the others are about one moment. */
const STANDING = new Set(['governor', 'power', 'thermal'])

/**
 * A: every look was ok. B: something cannot be seen here. C: the machine was not quiet, and the
 * numbers are never published. What disturbed a launch that was repeated does not count; what was
 * so at the start or the end, or holds for the whole run, does.
 */
export function gradeOf(
  launches: readonly Launch[],
  quiet: readonly QuietReading[],
): (typeof GRADES)[number] {
  if (quiet.length === 0 || countedLaunches(launches).some(({ noisy }) => noisy)) return 'C'
  // Before the first launch the gate may have waited for quiet: its last look decides.
  const start = quiet.findLast(({ beforeLaunch }) => beforeLaunch === 0)
  const looks = quiet.flatMap((reading) =>
    reading === start || reading === quiet.at(-1)
      ? reading.checks
      : reading.checks.filter(({ check }) => STANDING.has(check)),
  )
  if (looks.some(({ state }) => state === 'bad')) return 'C'
  return looks.some(({ state }) => state === 'unknown') ? 'B' : 'A'
}
