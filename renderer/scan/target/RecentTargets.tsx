import { formatBytes } from '@renderer/app/intl'
import { client, orpc } from '@renderer/app/rpc'
import { SectionCard } from '@renderer/ui/Card'
import { ErrorState } from '@renderer/ui/ErrorState'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { VerdictBadge } from '@renderer/ui/VerdictBadge'
import type { ReportRow } from '@shared/contract/scan'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { text } from '../messages'
import { problemText } from './problem'
import { targetOf } from './scan-again'
import { useRoots, useStartScan } from './use-start-scan'

const LOOKED_THROUGH = 50
const SHOWN = 5

interface RecentTargetsProps {
  hash: boolean
  onProblem: (sentence: string) => void
}

/** The last few folders and files that can be scanned again, each once. */
export function RecentTargets({ hash, onProblem }: RecentTargetsProps) {
  const roots = useRoots()
  const start = useStartScan(onProblem)
  const [busy, setBusy] = useState(false)
  const query = useQuery(orpc.scan.history.queryOptions({ input: { limit: LOOKED_THROUGH } }))
  const rows = distinct(query.data?.rows ?? [])
  const again = async (row: ReportRow) => {
    setBusy(true)
    try {
      // A row of History knows its name; only the report knows what was asked for.
      const { report } = await client.scan.report({ reportId: row.id })
      const target = targetOf(row.source, report.roots)
      if (target) await start.run({ target, hash })
    } catch (error) {
      onProblem(problemText(error, roots))
    } finally {
      setBusy(false)
    }
  }
  return (
    <SectionCard
      title={text.recent.title}
      aside={
        <Link to="/history" search={{}} className="text-accent hover:underline">
          {text.recent.all}
        </Link>
      }
    >
      {query.isPending && <SkeletonRows rows={3} />}
      {query.error && !query.data && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && rows.length === 0 && <p className="p-3 text-muted">{text.recent.none}</p>}
      {rows.map((row) => (
        <button
          key={row.id}
          type="button"
          disabled={busy || start.starting}
          title={text.recent.again(row.name)}
          className="group flex h-9 w-full min-w-0 items-center gap-3 border-line border-b px-3 text-start last:border-0 enabled:hover:bg-sunken disabled:opacity-50"
          onClick={() => void again(row)}
        >
          <RotateCw
            aria-hidden="true"
            className="size-3.5 shrink-0 text-faint group-hover:text-text"
          />
          <span className="sr-only">{text.recent.verb}</span>
          <span className="min-w-0 flex-1 truncate font-medium" translate="no">
            {row.name}
          </span>
          <VerdictBadge verdict={row.verdict} />
          <span className="w-16 text-end text-muted">{formatBytes(row.bytes)}</span>
          <RelativeTime date={row.startedAt} className="w-24 truncate text-end text-muted" />
        </button>
      ))}
    </SectionCard>
  )
}

function distinct(rows: readonly ReportRow[]): ReportRow[] {
  const seen = new Map<string, ReportRow>()
  for (const row of rows) {
    const repeatable = row.source === 'paths' || row.source === 'command-line'
    if (repeatable && !seen.has(row.name)) seen.set(row.name, row)
  }
  return [...seen.values()].slice(0, SHOWN)
}
