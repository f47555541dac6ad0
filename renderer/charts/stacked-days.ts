import { lazyComponent } from '../ui/lazy-component'

export interface StackedDaysProps {
  title: string
  description: string
  /** Oldest first, none left out; `day` is YYYY-MM-DD, or whatever `tick` reads. */
  days: readonly { day: string; values: Readonly<Record<string, number>> }[]
  /** Bottom first; `color` is a CSS colour, as a rule a token. */
  series: readonly { key: string; color: string }[]
  /** What stands under a bar; a day where nothing is said. */
  tick?: (day: string) => string
}

/** recharts arrives after the page, into a frame that keeps its place. */
export const LazyStackedDays = lazyComponent<StackedDaysProps>(async () => {
  const { StackedDays } = await import('./StackedDays')
  return StackedDays
})
