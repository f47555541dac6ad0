import { lazyComponent } from '../ui/lazy-component'

export interface StackedBar {
  label: string
  /** One for each series, in their order. */
  values: readonly number[]
}

export interface Series {
  label: string
  /** A CSS colour, as a rule a token. */
  color: string
  /** The label is data (a name), not a word of the console. */
  data?: boolean
}

export interface StackedBarsProps {
  title: string
  bars: readonly StackedBar[]
  series: readonly Series[]
  format: (value: number) => string
}

/** recharts arrives after the page, into a frame that keeps its place. */
export const LazyStackedBars = lazyComponent<StackedBarsProps>(async () => {
  const { StackedBars } = await import('./StackedBars')
  return StackedBars
})
