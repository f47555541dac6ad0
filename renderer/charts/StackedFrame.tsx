import { useDeferredValue } from 'react'
import { formatNumber } from '../app/intl'
import { ChartFrame } from './ChartFrame'
import { text } from './messages'
import { LazyStackedBars, type Series, type StackedBar } from './stacked-bars'

interface StackedFrameProps {
  title: string
  unit: string
  /** Name of what the bars tell apart, for the table and the CSV. */
  dimension: string
  bars: readonly StackedBar[]
  series: readonly Series[]
  height: number
}

/** Bars in parts with their legend, or the same as a table with one column a part. */
export function StackedFrame(props: StackedFrameProps) {
  const { title, unit, dimension, bars, series, height } = props
  // Drawn in a pass of its own, after the page is there: a drawing costs some 20 ms.
  const drawn = useDeferredValue(true, false)
  return (
    <ChartFrame
      title={title}
      unit={unit}
      columns={[dimension, ...series.map(({ label }) => label)]}
      rows={bars.map(({ label, values }) => [label, ...values])}
      formatCell={(cell) => (typeof cell === 'number' ? formatNumber(cell) : String(cell ?? ''))}
      legend={series}
      showHeader
      height={height}
    >
      {drawn && (
        <LazyStackedBars
          title={text.titleWithUnit(title, unit)}
          bars={bars}
          series={series}
          format={formatNumber}
        />
      )}
    </ChartFrame>
  )
}
