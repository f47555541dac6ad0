import { text } from './messages'

/** Exit codes of every command; documented in README, stable. */
export const EXIT = { clean: 0, found: 1, error: 2, nothing: 3, usage: 64 } as const

/** Wrong usage: the sentence names the flag and what would be right. Ends with 64. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Throws UsageError with the choices there are. */
export function choice<T extends string>(flag: string, value: string, choices: readonly T[]): T {
  const found = choices.find((one) => one === value)
  if (found === undefined) throw new UsageError(text.wrongChoice(flag, value, choices))
  return found
}
