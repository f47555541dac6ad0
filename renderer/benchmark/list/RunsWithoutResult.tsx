import { orpc } from '@renderer/app/rpc'
import { SectionCard } from '@renderer/ui/Card'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import type { RunRow } from '@shared/contract/benchmark'
import { useQuery } from '@tanstack/react-query'
import { text } from './messages'

/** Old troubles are no news. */
const NEWS_MS = 24 * 60 * 60 * 1000
const LOOKED_THROUGH = 20
const SHOWN = 3

/** Runs of the last day that failed or were torn by a crash: they would otherwise leave no trace here. */
export function RunsWithoutResult() {
  const { data } = useQuery(orpc.benchmark.runs.queryOptions({ input: { limit: LOOKED_THROUGH } }))
  const rows = (data?.rows ?? []).filter(isNews).slice(0, SHOWN)
  if (rows.length === 0) return null
  return (
    <SectionCard title={text.ended.title}>
      <ul>
        {rows.map(({ id, title, state, message, createdAt }) => (
          <li
            key={id}
            className="flex min-h-9 items-center gap-4 border-line border-b px-3 py-1.5 last:border-0"
          >
            <span className="w-1/4 truncate font-medium" title={title} translate="no">
              {title}
            </span>
            <span className="w-24 shrink-0 text-sev-high-text">{text.ended.states[state]}</span>
            <span className="min-w-0 flex-1 text-muted wrap-anywhere" translate="no">
              {message}
            </span>
            <RelativeTime date={createdAt} className="shrink-0 text-muted" />
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}

type Torn = RunRow & { state: 'failed' | 'interrupted' }

const isNews = (run: RunRow): run is Torn =>
  (run.state === 'failed' || run.state === 'interrupted') &&
  Date.now() - run.createdAt.getTime() < NEWS_MS
