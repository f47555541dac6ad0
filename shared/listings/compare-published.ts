import { z } from 'zod'
import type { PublishedResultRow } from '../backend/results'
import { ComparedMeasure } from '../benchmark/comparison'
import { AccuracyFigure } from '../benchmark/figures'
import { COMPARED, HEADLINE, MEASURE, type Measure } from '../benchmark/measures'
import { SCENARIOS } from '../benchmark/scales'
import { EvidenceLevel } from '../model/evidence-level'
import { compareTogether, compareUnpaired, type LaunchPair } from '../statistics/compare-launches'

/** Differences below this part are not worth a word. */
export const PRACTICAL_DELTA = 0.03

const Side = z.object({
  resultId: z.string(),
  level: EvidenceLevel,
  launches: z.number().int(),
  accuracy: AccuracyFigure.nullable(),
})

/** Published results of two versions, measured alike: one suite version, scenario, threads and machine. */
export const PublishedPair = z.object({
  suite: z.object({ id: z.string(), version: z.string() }),
  scenario: z.enum(SCENARIOS),
  threads: z.number().int(),
  hardwareClass: z.string(),
  from: Side,
  to: Side,
  /** Empty where the environments differ in more than their class. */
  measures: z.array(ComparedMeasure),
  sameEnvironment: z.boolean(),
})
export type PublishedPair = z.infer<typeof PublishedPair>

/**
 * The newest result of each line of both versions. Published numbers are of different runs, so
 * launches are two samples (Mann–Whitney), never pairs; Holm goes over all of them together.
 */
export function comparePublished(
  from: readonly PublishedResultRow[],
  to: readonly PublishedResultRow[],
): PublishedPair[] {
  const before = newestOf(from)
  const drafts = [...newestOf(to)].flatMap(([line, candidate]) => {
    const baseline = before.get(line)
    return baseline === undefined ? [] : [{ baseline, candidate }]
  })
  const launches: Record<string, LaunchPair> = {}
  for (const [at, { baseline, candidate }] of drafts.entries()) {
    if (baseline.fingerprint !== candidate.fingerprint) continue
    for (const measure of measuresOf(candidate)) {
      const pair = launchesOf(baseline, candidate, measure)
      if (pair) launches[`${at} ${measure}`] = pair
    }
  }
  const compared = compareTogether(launches, compareUnpaired)
  return drafts.map(({ baseline, candidate }, at) => ({
    suite: { id: candidate.suite.id, version: candidate.suite.version },
    scenario: candidate.scenario,
    threads: candidate.engine.threads,
    hardwareClass: candidate.hardwareClass,
    from: sideOf(baseline),
    to: sideOf(candidate),
    sameEnvironment: baseline.fingerprint === candidate.fingerprint,
    measures: measuresOf(candidate).flatMap((measure): ComparedMeasure[] => {
      const key = `${at} ${measure}`
      const [found, pair] = [compared[key], launches[key]]
      if (found === undefined || pair === undefined) return []
      return [
        {
          measure,
          test: 'mann-whitney',
          launches: found.launches,
          effect: found.ratio.estimate - 1,
          lower: found.ratio.lower - 1,
          upper: found.ratio.upper - 1,
          p: compareUnpaired(pair).p,
          adjustedP: found.p,
          verdict: found.verdict,
          moreLaunches: found.moreLaunches ?? null,
        },
      ]
    }),
  }))
}

/** Newest counted result of each line that numbers may be compared along. */
function newestOf(results: readonly PublishedResultRow[]): Map<string, PublishedResultRow> {
  const newest = new Map<string, PublishedResultRow>()
  const counted = results.filter(({ state }) => state === 'counted' || state === 'disputed')
  for (const result of counted.toSorted((a, b) => (a.measuredAt < b.measuredAt ? -1 : 1))) {
    const { suite, scenario, engine, hardwareClass } = result
    newest.set(
      JSON.stringify([
        suite.id,
        suite.version,
        scenario,
        engine.name,
        engine.threads,
        hardwareClass,
      ]),
      result,
    )
  }
  return newest
}

const measuresOf = ({ scenario }: PublishedResultRow): Measure[] => [
  ...new Set([HEADLINE[scenario], ...COMPARED]),
]

/** Candidate as A, baseline as B: a ratio above 1 is more than the baseline. */
function launchesOf(
  baseline: PublishedResultRow,
  candidate: PublishedResultRow,
  measure: Measure,
): LaunchPair | null {
  const values = ({ figures }: PublishedResultRow) =>
    figures.find((figure) => figure.measure === measure)?.values.filter((value) => value > 0) ?? []
  const [a, b] = [values(candidate), values(baseline)]
  if (a.length < 2 || b.length < 2) return null
  return { a, b, threshold: PRACTICAL_DELTA, better: MEASURE[measure].better }
}

const sideOf = ({ id, level, launches, accuracy }: PublishedResultRow) => ({
  resultId: id,
  level,
  launches,
  accuracy,
})
