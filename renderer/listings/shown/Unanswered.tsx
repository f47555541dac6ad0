import { SkeletonRows } from '@renderer/ui/Skeleton'
import { type Asked, MarketError } from './MarketError'

/** In place of what the marketplace has not answered yet, or did not answer. */
export function Unanswered({ query, rows }: { query: Asked; rows: number }) {
  return query.error ? <MarketError query={query} /> : <SkeletonRows rows={rows} />
}
