/** Lets so many through at once; the others wait in the order in which they came. */
export interface Turns {
  /** Resolves with a function that ends the turn; call it once. Rejects when aborted before. */
  take(signal: AbortSignal): Promise<() => void>
}

export function createTurns(most: number): Turns {
  let free = most
  const waiting: (() => void)[] = []
  const end = () => {
    const next = waiting.shift()
    if (next === undefined) free++
    else next()
  }
  return {
    async take(signal) {
      if (free > 0) free--
      else {
        const { promise, resolve } = Promise.withResolvers<void>()
        const leave = () => {
          const place = waiting.indexOf(resolve)
          if (place !== -1) waiting.splice(place, 1)
          resolve()
        }
        waiting.push(resolve)
        signal.addEventListener('abort', leave, { once: true })
        await promise
        signal.removeEventListener('abort', leave)
        // Whoever left the line never had a turn to give back.
        signal.throwIfAborted()
      }
      return end
    },
  }
}
