/** Work that can stop for a moment at each `yield`, and returns its result. */
export type Pieces<T> = Generator<undefined, T>

export function inOneGo<T>(work: Pieces<T>): T {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}

/** With `between` after each piece: a turn for others. */
export async function inTurns<T>(
  work: Pieces<T>,
  between: (() => Promise<unknown>) | undefined,
): Promise<T> {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    await between?.()
  }
}
