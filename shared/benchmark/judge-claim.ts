import { coefficientOfVariation } from '../statistics/describe'
import { launchesNeeded } from '../statistics/power'
import type { ClaimCheck, ClaimStatement, ClaimVerdict } from './claim'
import type { Summary } from './figures'
import { looksCached } from './repeated-item'
import type { ResultRow } from './result-row'
import { medianInterval } from './summarise'

/** MLPerf's compliance test 01: what is reproduced lies within 10 % of what was reported. */
const BAND = 0.1

export interface ClaimEvidence {
  row: ResultRow
  summary: Summary
}

/**
 * Whether measurements of this workspace bear a claim out. Reproduced: the whole interval of
 * measured over claimed lies within the band. Refuted: it lies wholly beyond. A claim that is
 * modest is not refuted by a better measurement of it unless it is out of the band as well.
 */
export function judgeClaim(
  claim: ClaimStatement,
  evidence: readonly ClaimEvidence[],
): ClaimVerdict {
  const fitting = evidence.filter(
    ({ row }) =>
      row.modelSha256 === claim.modelSha256 &&
      row.suite.id === claim.suiteId &&
      row.suite.version === claim.suiteVersion &&
      row.scenario === claim.scenario,
  )
  const quiet = fitting.filter(({ row }) => row.grade !== 'C')
  const own = quiet.filter(
    ({ row }) => claim.hardwareClass === null || row.hardwareClass === claim.hardwareClass,
  )
  const checks = [gradeCheck(fitting.length, quiet.length), machineCheck(claim, own, quiet)]
  const nothing: ClaimVerdict = {
    verdict: 'inconclusive',
    ratio: null,
    band: BAND,
    results: [],
    checks: checks.filter((check) => check !== undefined),
    moreLaunches: null,
  }
  if (own.length === 0) return nothing
  const honest = [cachingCheck(own), outputsCheck(own)]
  const ratio = claim.figure.kind === 'speed' ? speedRatio(claim, own) : accuracyRatio(claim, own)
  const all = [...nothing.checks, ...honest]
  const results = own.map(({ row }) => row.id as string)
  if (ratio === undefined) return { ...nothing, results, checks: all }
  const wide = Math.log1p(BAND)
  const [lower, upper] = [Math.log(ratio.lower), Math.log(ratio.upper)]
  const inside = lower >= -wide && upper <= wide
  const beyond = lower > wide || upper < -wide
  const cheated = honest.some(({ result }) => result === 'bad')
  const anyMachine = claim.figure.kind === 'accuracy' || claim.hardwareClass !== null
  const verdict =
    cheated || (beyond && anyMachine) ? 'refuted' : inside ? 'reproduced' : 'inconclusive'
  return {
    ...nothing,
    verdict,
    ratio,
    results,
    moreLaunches: verdict === 'inconclusive' ? moreLaunches(claim, own, ratio.estimate) : null,
    checks: [
      ...all,
      {
        check: 'figure',
        result: inside ? 'ok' : beyond ? 'bad' : 'unknown',
        sentence: inside
          ? `Measured is ${percent(ratio.estimate)} of what is claimed, surely within 10 %.`
          : beyond
            ? `Measured is ${percent(ratio.estimate)} of what is claimed, surely more than 10 % off.`
            : `Measured is ${percent(ratio.estimate)} of what is claimed; the interval crosses the 10 % line.`,
      },
    ],
  }
}

/** Over the launches of all fitting results: each process is one more try. */
function speedRatio(claim: ClaimStatement, own: readonly ClaimEvidence[]) {
  const values = valuesOf(claim, own)
  if (values.length < 2) return undefined
  const { estimate, lower, upper } = medianInterval(values)
  const { value } = claim.figure
  if (lower <= 0) return undefined
  return { estimate: estimate / value, lower: lower / value, upper: upper / value }
}

function valuesOf({ figure }: ClaimStatement, own: readonly ClaimEvidence[]): number[] {
  if (figure.kind !== 'speed') return []
  return own.flatMap(
    ({ summary }) =>
      summary.figures.find(({ measure }) => measure === figure.measure)?.values ?? [],
  )
}

/** The newest result: all of them answered the same items. */
function accuracyRatio({ figure }: ClaimStatement, own: readonly ClaimEvidence[]) {
  if (figure.kind !== 'accuracy' || figure.value <= 0) return undefined
  const found = own
    .flatMap(({ summary }) => summary.accuracy.filter(({ metric }) => metric === figure.metric))
    .at(-1)
  if (found === undefined || found.value <= 0) return undefined
  const lower = Math.max(found.lower ?? found.value, Number.EPSILON)
  const upper = found.upper ?? found.value
  return {
    estimate: found.value / figure.value,
    lower: lower / figure.value,
    upper: upper / figure.value,
  }
}

function moreLaunches(
  claim: ClaimStatement,
  own: readonly ClaimEvidence[],
  estimate: number,
): number | null {
  const values = valuesOf(claim, own).filter((value) => value > 0)
  if (values.length < 2) return null
  const gap = Math.abs(Math.log1p(BAND) - Math.abs(Math.log(estimate)))
  if (gap === 0) return null
  const needed = launchesNeeded(coefficientOfVariation(values), Math.expm1(gap))
  return needed === null ? null : Math.max(1, needed - values.length)
}

function gradeCheck(all: number, quiet: number): ClaimCheck {
  if (all === 0)
    return {
      check: 'grade',
      result: 'unknown',
      sentence: 'Nothing of this suite version was measured here yet: run the benchmark.',
    }
  return {
    check: 'grade',
    result: quiet > 0 ? 'ok' : 'bad',
    sentence:
      quiet > 0
        ? `${quiet} of ${all} results were measured on a quiet machine.`
        : 'The machine was never quiet (grade C): such numbers judge nobody.',
  }
}

function machineCheck(
  claim: ClaimStatement,
  own: readonly ClaimEvidence[],
  quiet: readonly ClaimEvidence[],
): ClaimCheck | undefined {
  if (claim.figure.kind === 'accuracy' || quiet.length === 0) return undefined
  if (claim.hardwareClass === null)
    return {
      check: 'machine',
      result: 'unknown',
      sentence: 'The claim names no machine: a slower one here refutes nothing.',
    }
  return {
    check: 'machine',
    result: own.length > 0 ? 'ok' : 'unknown',
    sentence:
      own.length > 0
        ? `Measured on ${claim.hardwareClass}, as claimed.`
        : `It is claimed for ${claim.hardwareClass}, which was not measured here.`,
  }
}

function cachingCheck(own: readonly ClaimEvidence[]): ClaimCheck {
  const items = own.flatMap(({ summary }) => summary.repeatedItem ?? [])
  if (items.length === 0)
    return {
      check: 'caching',
      result: 'unknown',
      sentence: 'This scenario does not show whether answers are cached.',
    }
  const cached = items.find(looksCached)
  return {
    check: 'caching',
    result: cached === undefined ? 'ok' : 'bad',
    sentence:
      cached === undefined
        ? 'The same item again and again is not faster than changing items.'
        : `The same item again and again takes only ${percent(cached.ratio)} of the time of changing items: answers are cached.`,
  }
}

function outputsCheck(own: readonly ClaimEvidence[]): ClaimCheck {
  const outputs = own.flatMap(({ summary }) => summary.outputs ?? [])
  const different = outputs.reduce((sum, one) => sum + one.different, 0)
  const compared = outputs.reduce((sum, one) => sum + one.compared, 0)
  if (compared === 0)
    return {
      check: 'outputs',
      result: 'unknown',
      sentence: 'No answer of the timed run was looked at.',
    }
  return {
    check: 'outputs',
    result: different === 0 ? 'ok' : 'bad',
    sentence:
      different === 0
        ? `All ${compared} answers looked at in the timed run are those the model gives untimed.`
        : `${different} of ${compared} answers in the timed run differ from those the model gives untimed.`,
  }
}

const percent = (share: number) => `${Math.round(share * 100)} %`
