import { sparkline } from './spark'

/** Units of the drawing; it stretches to the width of its card, the line keeps its thickness. */
const WIDTH = 240
const HEIGHT = 28

export interface SparklineProps {
  /** Oldest first; null where there is nothing to show, which stays a gap. */
  values: readonly (number | null)[]
  /** What it shows, in a sentence: the drawing itself says nothing to a screen reader. */
  label: string
}

export function Sparkline({ values, label }: SparklineProps) {
  const { line, dots } = sparkline(values, WIDTH, HEIGHT)
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-6 w-full overflow-visible"
    >
      <path
        d={line}
        fill="none"
        stroke="var(--accent)"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
      <path
        d={dots}
        fill="none"
        stroke="var(--accent)"
        strokeWidth="4"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}
