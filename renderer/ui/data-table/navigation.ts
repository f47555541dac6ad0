/**
 * The row a key moves to, or null where the key is none of ours. The list never wraps: at an end
 * the answer is the row one is on, so that a held key stops there.
 */
export function rowForKey(
  key: string,
  current: number,
  count: number,
  pageRows: number,
): number | null {
  if (count === 0) return null
  const step = STEPS[key]
  if (step !== undefined) return clamp(current + (current < 0 && step < 0 ? 1 : step), count)
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const page = Math.max(1, pageRows - 1)
  if (key === 'PageDown') return clamp(Math.max(current, 0) + page, count)
  if (key === 'PageUp') return clamp(current - page, count)
  return null
}

// j and k are the commands table.next and table.previous, which work from anywhere on the page.
const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }

function clamp(index: number, count: number): number {
  return Math.min(Math.max(index, 0), count - 1)
}
