import { CancelledError } from './endings'

/** A few at a time, first come first served. */
export interface Turns {
  /** Resolves when it is one's turn, with what ends it. Rejects with CancelledError on abort. */
  take(signal: AbortSignal): Promise<() => void>
}

export function createTurns(atOnce: number): Turns {
  let free = atOnce
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
        if (signal.aborted) throw new CancelledError('The scan was cancelled.')
      }
      return end
    },
  }
}
