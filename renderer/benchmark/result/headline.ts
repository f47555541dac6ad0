import type { Summary } from '@shared/benchmark/figures'
import type { Measure } from '@shared/benchmark/measures'
import type { ScenarioKind } from '../messages'

/** What stands at the top of a result, by scenario; memory always closes the line. */
const SHOWN: Record<ScenarioKind, readonly Measure[]> = {
  'single-stream': ['latency-p50', 'latency-p90'],
  'multi-stream': ['latency-p50', 'latency-p99'],
  offline: ['throughput', 'load'],
  server: ['server-rate', 'load'],
  generation: ['time-to-first-token', 'output-tokens'],
}

export const headlineFigures = (scenario: ScenarioKind, { figures }: Summary) =>
  [...SHOWN[scenario], 'memory'].flatMap(
    (measure) => figures.find((figure) => figure.measure === measure) ?? [],
  )
