/** A turn of the event loop for everybody else, after so much work in one piece, milliseconds. */
const SLICE_MS = 8

/**
 * Long work in slices: `await breathe()` between two steps goes on at once for most of them, and
 * lets the event loop turn when the slice is over.
 */
export function createBreathing(): () => Promise<void> | undefined {
  let since = performance.now()
  return () => {
    if (performance.now() - since < SLICE_MS) return undefined
    return new Promise((resolve) =>
      setImmediate(() => {
        since = performance.now()
        resolve()
      }),
    )
  }
}

/** Work that can stop for a moment at each `yield`, and returns its result. */
export type Pieces<T> = Generator<undefined, T>

export function atOnce<T>(work: Pieces<T>): T {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}

export async function inSlices<T>(work: Pieces<T>): Promise<T> {
  const breathe = createBreathing()
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    await breathe()
  }
}
