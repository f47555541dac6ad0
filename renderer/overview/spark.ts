export interface Spark {
  /** SVG path data: one stroke for each run of neighbouring values. */
  line: string
  /** Zero-length strokes, round-capped, for values without a neighbour. */
  dots: string
}

/** From zero to the largest value, with a pixel of air. A gap in the data is a gap in the line. */
export function sparkline(
  values: readonly (number | null)[],
  width: number,
  height: number,
): Spark {
  const largest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0) || 1
  const step = width / Math.max(1, values.length - 1)
  const point = (value: number, at: number) => {
    const y = height - 1 - (value / largest) * (height - 2)
    return `${(at * step).toFixed(1)} ${y.toFixed(1)}`
  }
  let line = ''
  let dots = ''
  values.forEach((value, at) => {
    if (value === null) return
    const before = at > 0 ? values[at - 1] : null
    const after = values[at + 1]
    if (typeof before === 'number') line += `L${point(value, at)}`
    else if (typeof after === 'number') line += `M${point(value, at)}`
    else dots += `M${point(value, at)}h0`
  })
  return { line, dots }
}
