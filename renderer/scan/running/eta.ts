export interface Eta {
  unit: 's' | 'min' | 'h'
  /** In `unit`, at least 1. */
  about: number
  /** Absent where rounding leaves nothing to say beyond `about`. */
  range: { low: number; high: number } | null
}

const UNITS = [
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const

/** Seconds left as a person would say them: one unit, from 90 s in minutes, from 90 min in hours. */
export function roughly(seconds: number, range: { low: number; high: number } | null): Eta {
  const [unit, size] = UNITS.find(([, size]) => seconds >= 1.5 * size) ?? ['s', 1]
  const least = (value: number) => Math.max(1, value)
  const about = least(Math.round(seconds / size))
  if (range === null) return { unit, about, range: null }
  // Outwards: the interval must not promise more than was measured.
  const low = Math.min(about, least(Math.floor(range.low / size)))
  const high = Math.max(about, Math.ceil(range.high / size))
  return { unit, about, range: low === high ? null : { low, high } }
}
