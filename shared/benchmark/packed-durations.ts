/**
 * Durations as one text: in ascending order, the first in nanoseconds and every other as its
 * distance from the one before. Every figure is of the durations and none of their order, so this
 * loses nothing that is recomputed, and takes two to three characters where the list takes seven.
 */
export function packDurations(nanoseconds: readonly number[]): string {
  let before = 0
  let text = ''
  for (const one of Float64Array.from(nanoseconds).sort()) {
    text += text === '' ? String(one) : ` ${one - before}`
    before = one
  }
  return text
}

/** Throws for anything but whole numbers with one blank between them. */
export function unpackDurations(text: string): number[] {
  if (text === '') return []
  let last = 0
  return text.split(' ').map((part) => {
    if (!/^\d{1,16}$/.test(part)) throw new RangeError(`"${part.slice(0, 20)}" is no duration`)
    last += Number(part)
    if (!Number.isSafeInteger(last)) throw new RangeError('a duration is beyond 104 days')
    return last
  })
}
