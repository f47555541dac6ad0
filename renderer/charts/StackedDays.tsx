import { Bar, BarChart, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import { formatDay, formatNumber } from '../app/intl'
import type { StackedDaysProps } from './stacked-days'

const dayTick = (day: string): string => formatDay(new Date(`${day}T12:00:00`))

/** One bar a day from zero, stacked by series; the legend stands beside it in the frame. */
export function StackedDays(props: StackedDaysProps) {
  const { title, description, days, series, tick = dayTick } = props
  const data = days.map(({ day, values }) => ({ day, ...values }))
  const highest = Math.max(
    1,
    ...days.map(({ values }) => Object.values(values).reduce((sum, value) => sum + value, 0)),
  )
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        title={title}
        desc={description}
        data={data}
        margin={{ top: 6, right: 4, bottom: 0, left: 0 }}
        barCategoryGap={days.length > 45 ? 0 : 2}
      >
        <XAxis
          dataKey="day"
          tickFormatter={tick}
          minTickGap={40}
          axisLine={{ stroke: 'var(--line)' }}
          tickLine={false}
          tick={{ fontSize: 11, fill: 'var(--muted)' }}
        />
        <YAxis
          width={36}
          allowDecimals={false}
          domain={[0, highest]}
          axisLine={false}
          tickLine={false}
          tickFormatter={formatNumber}
          tick={{ fontSize: 11, fill: 'var(--muted)' }}
        />
        {series.map(({ key, color }) => (
          <Bar
            key={key}
            dataKey={key}
            stackId="all"
            fill={color}
            isAnimationActive={false}
            maxBarSize={24}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  )
}
