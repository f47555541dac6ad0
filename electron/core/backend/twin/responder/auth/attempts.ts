import { authError } from './errors'

/** Names that are counted at a time; whoever tries more names pushes the oldest out. */
const MOST_NAMES = 5000

/** Token buckets in memory: a twin that starts anew forgets them, as a hosted project does. */
export function createAttempts(
  { burst, perSecond }: { burst: number; perSecond: number },
  now: () => number,
) {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    /** Takes one of `name`; throws 429 when there is none left. */
    take(name: string): void {
      const at = now()
      const known = buckets.get(name) ?? { tokens: burst, at }
      const tokens = Math.min(burst, known.tokens + Math.max(0, at - known.at) * perSecond)
      buckets.delete(name)
      buckets.set(name, { tokens: Math.max(0, tokens - 1), at })
      const [oldest] = buckets.keys()
      if (buckets.size > MOST_NAMES && oldest !== undefined) buckets.delete(oldest)
      if (tokens >= 1) return
      buckets.set(name, { tokens, at })
      throw authError(429, 'over_request_rate_limit', 'Request rate limit reached', {
        headers: { 'Retry-After': String(Math.ceil((1 - tokens) / perSecond)) },
      })
    },
  }
}
export type Attempts = ReturnType<typeof createAttempts>
