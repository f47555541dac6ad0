interface LaunchStripProps {
  values: readonly number[]
  lower: number
  upper: number
  /** The values in words. */
  label: string
}

const WIDTH = 132
const HEIGHT = 16
const EDGE = 5

/** Each launch as a dot on one line, over the band of the interval. */
export function LaunchStrip({ values, lower, upper, label }: LaunchStripProps) {
  const low = Math.min(lower, ...values)
  const high = Math.max(upper, ...values)
  const at = (value: number) =>
    high > low ? EDGE + ((value - low) / (high - low)) * (WIDTH - 2 * EDGE) : WIDTH / 2
  return (
    <svg role="img" aria-label={label} width={WIDTH} height={HEIGHT} className="block">
      <title>{label}</title>
      <line x1={EDGE} x2={WIDTH - EDGE} y1={HEIGHT / 2} y2={HEIGHT / 2} stroke="var(--line)" />
      <rect
        x={at(lower)}
        width={Math.max(1, at(upper) - at(lower))}
        y={HEIGHT / 2 - 4}
        height={8}
        rx={2}
        fill="var(--chart-1)"
        fillOpacity={0.2}
      />
      {values.map((value, launch) => (
        <circle
          // biome-ignore lint/suspicious/noArrayIndexKey: a launch is named by its place
          key={launch}
          cx={at(value)}
          cy={HEIGHT / 2}
          r={2.5}
          fill="var(--chart-1)"
        />
      ))}
    </svg>
  )
}
