import { BoxChart } from '@renderer/charts/BoxChart'
import type { LiveArm } from '@shared/contract/benchmark'
import { boxSummary } from '@shared/statistics/box-summary'
import { formatMeasured } from '../format'
import { text as shared } from '../messages'
import { text } from './messages'

/** Fewer launches have no quartiles worth drawing. */
const FEWEST = 4

/** The spread between launches while they come in. */
export function LaunchBoxes({ arms }: { arms: readonly LiveArm[] }) {
  const rows = arms.flatMap(({ name, headline }) =>
    headline && headline.values.length >= FEWEST
      ? [{ label: name, values: headline.values, ...boxSummary(headline.values) }]
      : [],
  )
  const headline = arms.find((arm) => arm.headline !== null)?.headline
  if (rows.length === 0 || !headline) return null
  return (
    <BoxChart
      title={text.chart}
      unit={shared.measures[headline.measure]}
      rows={rows}
      format={(value) => formatMeasured(value, headline.unit)}
    />
  )
}
