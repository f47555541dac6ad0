import { lazyComponent } from '../ui/lazy-component'

export interface ChartBar {
  label: string
  value: number
  /** A CSS colour, as a rule a token: 'var(--chart-1)'. */
  color: string
}

export interface BarChartProps {
  title: string
  bars: readonly ChartBar[]
  format: (value: number) => string
  /** Most px that the labels may take, 112 where nothing is said. */
  labelWidth?: number
}

/** recharts is 105 KB: it arrives after the page, into a frame that keeps its place. */
export const LazyBarChart = lazyComponent<BarChartProps>(async () => {
  const { BarChart } = await import('./BarChart')
  return BarChart
})
