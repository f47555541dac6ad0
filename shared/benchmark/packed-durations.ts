const [BLANK, ZERO, NINE] = [32, 48, 57]

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

/** Throws for anything but whole numbers with one blank between them. A certified run has a million. */
export function unpackDurations(text: string): number[] {
  const all: number[] = []
  let last = 0
  let part = 0
  let digits = 0
  for (let at = 0; at <= text.length; at++) {
    const code = at === text.length ? BLANK : text.charCodeAt(at)
    if (code >= ZERO && code <= NINE) {
      part = part * 10 + (code - ZERO)
      digits++
      continue
    }
    last += part
    if (code !== BLANK || digits === 0 || !Number.isSafeInteger(last))
      throw new RangeError(`the durations are none at character ${at + 1}`)
    all.push(last)
    part = 0
    digits = 0
  }
  return all
}
