/** One of several things drawn in one chart: colour first, a dash as second code from the third on. */
export interface SeriesLook {
  color: string
  dash: string | undefined
}

const LOOKS: readonly SeriesLook[] = [
  { color: 'var(--chart-1)', dash: undefined },
  { color: 'var(--chart-2)', dash: undefined },
  { color: 'var(--chart-3)', dash: '6 3' },
  { color: 'var(--chart-4)', dash: '2 3' },
  { color: 'var(--chart-5)', dash: '9 3 2 3' },
  { color: 'var(--chart-6)', dash: '1 2' },
]

/** Six at most; the sixth stands for all others. */
export const seriesLook = (index: number): SeriesLook =>
  LOOKS[Math.min(index, LOOKS.length - 1)] ?? { color: 'var(--chart-1)', dash: undefined }
