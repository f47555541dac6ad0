import {
  Bar,
  LabelList,
  BarChart as RechartsBarChart,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts'
import type { BarChartProps } from './bars'
import { text } from './messages'

/** px from bar to bar: few bars stay thin and at the top. */
const BAR_SLOT = 21

/** Horizontal bars from zero, each with its label before and its number behind it. */
export function BarChart({ title, bars, format, labelWidth = 112 }: BarChartProps) {
  const longest = Math.max(0, ...bars.map(({ label }) => label.length))
  const widest = Math.max(0, ...bars.map(({ value }) => format(value).length))
  const largest = bars.toSorted((a, b) => b.value - a.value)[0]
  // Without a bar there would be no number behind it, so a zero gets one that is not seen.
  const data = bars.map(({ label, value, color }) => ({
    label,
    value,
    fill: value > 0 ? color : 'transparent',
  }))
  return (
    <ResponsiveContainer width="100%" height={bars.length * BAR_SLOT}>
      <RechartsBarChart
        title={title}
        desc={largest ? text.bars(bars.length, largest.label) : text.noBars}
        layout="vertical"
        data={data}
        margin={{ top: 0, right: Math.max(44, widest * 6.2 + 10), bottom: 0, left: 0 }}
        barCategoryGap={4}
      >
        <XAxis type="number" hide domain={[0, Math.max(1, largest?.value ?? 0)]} />
        <YAxis
          type="category"
          dataKey="label"
          // 6.2 px is the mean advance of Inter at 11 px.
          width={Math.min(labelWidth, Math.ceil(longest * 6.2) + 10)}
          interval={0}
          axisLine={false}
          tickLine={false}
          tick={{ fontSize: 11, fill: 'var(--muted)' }}
        />
        <Bar dataKey="value" isAnimationActive={false} radius={2} minPointSize={1} maxBarSize={14}>
          <LabelList
            dataKey="value"
            position="right"
            fontSize={11}
            fill="var(--text)"
            formatter={(value: unknown) => format(Number(value))}
          />
        </Bar>
      </RechartsBarChart>
    </ResponsiveContainer>
  )
}
