import type { ClaimStatement } from '@shared/benchmark/claim'
import { type ClaimEvidence, judgeClaim } from '@shared/benchmark/judge-claim'
import { HEADLINE } from '@shared/benchmark/measures'
import { BENCHMARK_RESULT, publishedResult } from '@shared/benchmark/publication'
import type { BenchmarkResult } from '@shared/benchmark/result'
import { figureOf, summarise } from '@shared/benchmark/summarise'
import type { Statement } from '@shared/model/statement'
import type { BenchmarkResults } from '../benchmark/results'

type Results = Pick<BenchmarkResults, 'find' | 'matching'>

/** As judgeClaim has it for speed: MLPerf's compliance test 01. */
const BAND = 0.1

interface OwnResult extends ClaimEvidence {
  result: BenchmarkResult
}

/**
 * Why this workspace cannot say that it got what a passport's benchmarks say; undefined when it can:
 * its own results of the same files, suite, scenario, engine and kind of machine lie within 10 %.
 */
export function notReproduced({ predicate }: Statement, results: Results): string | undefined {
  for (const [index, { schema, document }] of predicate.measurements.entries()) {
    if (schema !== BENCHMARK_RESULT.schema) continue
    const claimed = publishedResult(document)
    const own = ownResults(claimed, results)
    const why = otherSpeed(claimed, predicate.model.name, own) ?? otherAnswers(claimed, own)
    if (why !== undefined)
      return `Measurement ${index + 1} (${claimed.suite.id} ${claimed.suite.version}, ${claimed.scenario.kind}) ${why}`
  }
  return undefined
}

/** By the figure that the scenario is judged by. */
function otherSpeed(
  claimed: BenchmarkResult,
  modelName: string,
  own: readonly OwnResult[],
): string | undefined {
  const { suite, scenario, environment, launches } = claimed
  const measure = HEADLINE[scenario.kind]
  const figure = figureOf(launches, measure)
  if (figure === undefined) return 'has no launch that ended well, so there is nothing to repeat.'
  const claim: ClaimStatement = {
    modelSha256: modelOf(claimed),
    modelName,
    suiteId: suite.id,
    suiteVersion: suite.version,
    scenario: scenario.kind,
    figure: { kind: 'speed', measure, value: figure.estimate },
    hardwareClass: environment.hardwareClass,
    source: '',
  }
  const { verdict, checks } = judgeClaim(claim, own)
  if (verdict === 'reproduced') return undefined
  const why = checks.findLast(({ result }) => result !== 'ok')?.sentence ?? ''
  return `is ${verdict === 'refuted' ? 'refuted' : 'not reproduced'} by what was measured here. ${why}`
}

/** The same model answers the same items: its figures are compared, not what other items would give. */
function otherAnswers(claimed: BenchmarkResult, own: readonly OwnResult[]): string | undefined {
  const { accuracy } = claimed
  if (accuracy === null) return undefined
  const mine = own.findLast(({ result }) => result.accuracy?.dataSha256 === accuracy.dataSha256)
  for (const { metric, value } of accuracy.metrics) {
    const again = mine?.result.accuracy?.metrics.find((one) => one.metric === metric)?.value
    if (again === undefined) return `is not reproduced: its ${metric} was not measured here.`
    if (!(Math.abs(again - value) <= BAND * Math.abs(value)))
      return `is refuted by what was measured here. Its ${metric} is ${again.toPrecision(3)}, not ${value.toPrecision(3)}.`
  }
  return undefined
}

function ownResults(claimed: BenchmarkResult, results: Results): OwnResult[] {
  const { suite, scenario, engine, model } = claimed
  const files = hashesOf(model)
  return results
    .matching({
      modelSha256: modelOf(claimed),
      suiteId: suite.id,
      suiteVersion: suite.version,
      scenario: scenario.kind,
    })
    .flatMap(({ id }) => {
      const found = results.find(id)
      if (found === undefined) return []
      const own = found.result
      const same =
        own.suite.sha256 === suite.sha256 &&
        own.engine.name === engine.name &&
        own.engine.threads === engine.threads &&
        hashesOf(own.model) === files
      return same ? [{ row: found.row, result: own, summary: summarise(own) }] : []
    })
}

const modelOf = ({ model }: BenchmarkResult) => model.files[0]?.sha256 ?? ''
const hashesOf = ({ files }: BenchmarkResult['model']) =>
  files
    .map(({ sha256 }) => sha256)
    .toSorted()
    .join()
