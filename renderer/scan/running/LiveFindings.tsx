import type { DataColumn } from '@renderer/ui/data-table/columns'
import { DataTable, type DataTableHandle } from '@renderer/ui/data-table/DataTable'
import { EmptyState } from '@renderer/ui/EmptyState'
import { SeverityBadge } from '@renderer/ui/SeverityBadge'
import { ScanSearch } from 'lucide-react'
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react'
import { text } from '../messages'
import { briefLocationOf } from '../report/findings'
import { FindingDetail } from '../report/lazy-detail'
import { text as reportText } from '../report/messages'
import { Place } from '../report/Place'
import { SplitPane } from '../report/SplitPane'
import { type LiveFinding, liveOrder, STREAMED_FINDINGS } from './watch-state'

const columns: readonly DataColumn<LiveFinding>[] = [
  {
    id: 'severity',
    header: reportText.columns.severity,
    track: '100px',
    cell: ({ finding }) => <SeverityBadge severity={finding.severity} />,
  },
  {
    id: 'title',
    header: reportText.columns.title,
    track: 'minmax(0,5fr)',
    cell: ({ finding }) => <span translate="no">{finding.title}</span>,
  },
  {
    id: 'place',
    header: reportText.columns.place,
    track: 'minmax(0,4fr)',
    cell: ({ path, finding }) => <Place path={path} member={finding.location.member} />,
  },
  {
    id: 'location',
    header: reportText.columns.location,
    track: '96px',
    cell: ({ finding }) => (
      <code className="text-muted" translate="no">
        {briefLocationOf(finding, reportText.detail.lineNumber)}
      </code>
    ),
    from: 640,
  },
]

const rowId = (row: LiveFinding) => row.id
const unsorted = () => undefined

/** Findings while the scan runs. The selected one stays selected while others come in above it. */
export function LiveFindings({ findings }: { findings: readonly LiveFinding[] }) {
  const table = useRef<DataTableHandle<LiveFinding>>(null)
  const detail = useRef<HTMLElement>(null)
  const [activeId, setActiveId] = useState<string | null>(null)
  const rows = useMemo(() => liveOrder(findings), [findings])
  const active = rows.find((row) => row.id === activeId) ?? rows[0] ?? null
  const detailed = useDeferredValue(active)
  const onActive = useCallback((row: LiveFinding) => setActiveId(row.id), [])
  const onOpen = useCallback(() => detail.current?.focus(), [])
  return (
    <SplitPane
      detailLabel={reportText.detail.region}
      detailRef={detail}
      onLeaveDetail={() => table.current?.focus()}
      list={
        <>
          <h2 className="flex h-9 shrink-0 items-center border-line border-b px-3 font-semibold">
            {text.running.findings}
            <span className="ml-2 font-normal text-muted">{reportText.count(findings.length)}</span>
          </h2>
          <DataTable
            handle={table}
            label={text.running.findings}
            rows={rows}
            columns={columns}
            rowId={rowId}
            sort={null}
            onSort={unsorted}
            activeId={active?.id ?? null}
            onActive={onActive}
            onOpen={onOpen}
            empty={
              <EmptyState
                icon={<ScanSearch aria-hidden="true" />}
                title={text.running.noneYet}
                body={text.running.noneYetBody}
              />
            }
          />
          {findings.length >= STREAMED_FINDINGS && (
            <p className="border-line border-t px-3 py-1.5 text-muted text-small">
              {text.running.capped}
            </p>
          )}
        </>
      }
      detail={
        detailed ? (
          <FindingDetail
            key={detailed.id}
            row={{ finding: detailed.finding, file: { path: detailed.path } }}
          />
        ) : (
          <p className="text-muted">{reportText.detail.none}</p>
        )
      }
    />
  )
}
