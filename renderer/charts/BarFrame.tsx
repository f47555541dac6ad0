import { useDeferredValue } from 'react'
import { formatNumber } from '../app/intl'
import { type ChartBar, LazyBarChart } from './bars'
import { ChartFrame } from './ChartFrame'
import { text } from './messages'

interface BarFrameProps {
  title: string
  unit: string
  /** Name of what the bars tell apart, for the table and the CSV. */
  dimension: string
  bars: readonly ChartBar[]
  caption?: string
  height?: number
  labelWidth?: number
}

export function BarFrame(props: BarFrameProps) {
  const { title, unit, dimension, bars, caption, height = 104, labelWidth } = props
  // Drawn in a pass of its own, after the page is there: a drawing costs some 20 ms.
  const drawn = useDeferredValue(true, false)
  return (
    <ChartFrame
      title={title}
      unit={unit}
      {...(caption !== undefined && { caption })}
      columns={[dimension, unit]}
      rows={bars.map(({ label, value }) => [label, value])}
      formatCell={(cell) => (typeof cell === 'number' ? formatNumber(cell) : String(cell ?? ''))}
      height={height}
    >
      {drawn && (
        <LazyBarChart
          title={text.titleWithUnit(title, unit)}
          bars={bars}
          format={formatNumber}
          {...(labelWidth !== undefined && { labelWidth })}
        />
      )}
    </ChartFrame>
  )
}
