import { Bar, BarChart, LabelList, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import { text } from './messages'
import type { StackedBar, StackedBarsProps } from './stacked-bars'

/** px from bar to bar, as in BarChart. */
const BAR_SLOT = 21

/** Horizontal bars from zero, each made of parts, with its sum behind it. */
export function StackedBars({ title, bars, series, format }: StackedBarsProps) {
  const longest = Math.max(0, ...bars.map(({ label }) => label.length))
  const largest = bars.toSorted((a, b) => totalOf(b) - totalOf(a))[0]
  const most = largest ? totalOf(largest) : 0
  const data = bars.map((bar) => ({
    label: bar.label,
    total: totalOf(bar),
    // Without a last part of some length there would be no number behind the bar.
    end: Math.max(1, most) / 1000,
    ...Object.fromEntries(bar.values.map((value, at) => [`part${at}`, value])),
  }))
  return (
    <ResponsiveContainer width="100%" height={bars.length * BAR_SLOT}>
      <BarChart
        title={title}
        desc={largest ? text.bars(bars.length, largest.label) : text.noBars}
        layout="vertical"
        data={data}
        margin={{ top: 0, right: 44, bottom: 0, left: 0 }}
        barCategoryGap={4}
      >
        <XAxis type="number" hide domain={[0, Math.max(1, most)]} />
        <YAxis
          type="category"
          dataKey="label"
          // 6.2 px is the mean advance of Inter at 11 px.
          width={Math.min(150, Math.ceil(longest * 6.2) + 10)}
          interval={0}
          axisLine={false}
          tickLine={false}
          tick={{ fontSize: 11, fill: 'var(--muted)' }}
        />
        {series.map(({ label, color }, at) => (
          <Bar
            key={label}
            dataKey={`part${at}`}
            stackId="all"
            fill={color}
            isAnimationActive={false}
            maxBarSize={14}
          />
        ))}
        <Bar dataKey="end" stackId="all" fill="transparent" isAnimationActive={false}>
          <LabelList
            dataKey="total"
            position="right"
            fontSize={11}
            fill="var(--text)"
            formatter={(value: unknown) => format(Number(value))}
          />
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  )
}

const totalOf = ({ values }: StackedBar): number => values.reduce((sum, value) => sum + value, 0)
