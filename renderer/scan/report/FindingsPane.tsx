import { useCommand } from '@renderer/app/commands'
import { Button, IconButton } from '@renderer/ui/Button'
import type { TableSort } from '@renderer/ui/data-table/columns'
import { DataTable, type DataTableHandle } from '@renderer/ui/data-table/DataTable'
import { FilterField } from '@renderer/ui/data-table/FilterField'
import type { Chosen } from '@renderer/ui/data-table/selection'
import { EmptyState } from '@renderer/ui/EmptyState'
import { lazyComponent, whenIdle } from '@renderer/ui/lazy-component'
import { notify } from '@renderer/ui/toast'
import type { ScanReport, Severity } from '@shared/scan-report/report'
import { SearchX, X } from 'lucide-react'
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { Scope, Targets } from './disposition-form'
import { exactly } from './dispositions'
import { FindingState } from './FindingState'
import { findingColumns } from './finding-columns'
import { findingText } from './finding-text'
import {
  countBySeverity,
  type FindingRow,
  filterFindings,
  groupByRule,
  neighbourFile,
} from './findings'
import { ListFooter } from './ListFooter'
import { FindingDetail } from './lazy-detail'
import { text } from './messages'
import { type ReportSearch, severitiesOf, sortOf, sortText } from './report-search'
import { SelectionBar } from './SelectionBar'
import { SeverityFilter } from './SeverityFilter'
import { SimilarFindings } from './SimilarFindings'
import { SplitPane } from './SplitPane'
import type { Dispositions } from './use-dispositions'
import type { ChangeView } from './use-report-view'

const DisposeDialog = lazyComponent(async () => (await import('./DisposeDialog')).DisposeDialog)

interface FindingsPaneProps {
  reportId: string
  report: ScanReport
  rows: readonly FindingRow[]
  apply: Dispositions['apply']
  view: ReportSearch
  change: ChangeView
}

const rowId = (row: FindingRow) => row.id
const WORST_FIRST: TableSort = { column: 'severity', descending: true }
const NOTHING: Chosen = new Set()

export function FindingsPane(props: FindingsPaneProps) {
  const { reportId, report, rows, apply, view, change } = props
  const table = useRef<DataTableHandle<FindingRow>>(null)
  const search = useRef<{ focus(): void }>(null)
  const detail = useRef<HTMLElement>(null)
  const [chosen, setChosen] = useState(NOTHING)
  const [asking, setAsking] = useState<Scope | null>(null)
  useEffect(() => whenIdle(() => void DisposeDialog.preload()), [])

  const severity = view.severity ?? ''
  const query = useDeferredValue(view.q ?? '')
  const file = view.file ?? null
  const state = view.state ?? null
  const filter = useMemo(
    () => ({ severities: new Set(severitiesOf(severity)), query, file, state }),
    [severity, query, file, state],
  )
  const shown = useMemo(() => filterFindings(rows, filter), [rows, filter])
  const counts = useMemo(() => countBySeverity(rows, filter), [rows, filter])
  const byRule = useMemo(() => groupByRule(rows), [rows])
  const sort: TableSort = useMemo(() => sortOf(view.sort) ?? WORST_FIRST, [view.sort])

  const places = useMemo(() => new Map(shown.map((row) => [row.id, row])), [shown])
  const active = (view.finding && places.get(view.finding)) || shown[0] || null
  // The row moves at once; the pane beside it follows when there is time.
  const detailed = useDeferredValue(active)

  const onActive = useCallback((row: FindingRow) => change({ finding: row.id }), [change])
  const onSort = useCallback(
    (next: TableSort) => change({ sort: sortText(next as never) }),
    [change],
  )
  const onOpen = useCallback(() => detail.current?.focus(), [])
  const toggle = (one: Severity) => {
    const next = new Set(filter.severities)
    if (!next.delete(one)) next.add(one)
    change({ severity: [...next].join(',') })
  }
  const clear = () => {
    change({ severity: undefined, q: undefined, file: undefined, state: undefined })
    search.current?.focus()
  }
  const chosenRows = useMemo(() => rows.filter(({ id }) => chosen.has(id)), [rows, chosen])
  // Follows the list while the dialog is open: a filter that was just typed may still be on its way.
  const targets: Targets | null = useMemo(
    () =>
      active && {
        one: [active],
        chosen: chosenRows,
        rule: byRule.get(active.finding.ruleId) ?? [],
        matching: shown,
      },
    [active, chosenRows, byRule, shown],
  )
  const dispose = () => setAsking(chosenRows.length > 1 ? 'chosen' : 'one')
  const reopen = (some: readonly FindingRow[]) => void apply(exactly(some), null)
  const onFile = (path: string) => {
    const index = report.files.findIndex((one) => one.path === path)
    if (index >= 0) change({ file: index, severity: undefined, q: undefined, state: undefined })
  }
  const toNeighbour = (direction: 1 | -1) => {
    const order = table.current?.shown() ?? []
    const from = active ? order.indexOf(active) : -1
    const to = neighbourFile(order, from, direction)
    const row = to === null ? undefined : order[to]
    if (row) onActive(row)
  }
  const copy = () => {
    if (!active) return
    navigator.clipboard.writeText(findingText(active.finding, active.file.path)).then(
      () => notify({ title: text.detail.copied, key: 'copied', tone: 'ok' }),
      (error: unknown) => notify({ title: String(error), key: 'copied', tone: 'error' }),
    )
  }

  useCommand('report.copy-finding', copy, active !== null)
  useCommand('report.dispose', dispose, active !== null)
  useCommand('report.next-file', () => toNeighbour(1))
  useCommand('report.previous-file', () => toNeighbour(-1))
  useCommand('report.severity-critical', () => toggle('critical'))
  useCommand('report.severity-high', () => toggle('high'))
  useCommand('report.severity-medium', () => toggle('medium'))
  useCommand('report.severity-low', () => toggle('low'))
  useCommand('report.severity-info', () => toggle('info'))

  const onlyFile = file === null ? undefined : report.files[file]
  return (
    <SplitPane
      detailLabel={text.detail.region}
      detailRef={detail}
      onLeaveDetail={() => table.current?.focus()}
      list={
        <>
          <div className="flex flex-wrap items-center gap-2 border-line border-b p-2">
            <SeverityFilter counts={counts} chosen={filter.severities} onToggle={toggle} />
            {onlyFile && (
              <span className="flex h-7 min-w-0 max-w-60 items-center rounded-control border border-accent bg-selected pl-2 text-small">
                <span className="truncate">{text.filter.onlyFile(onlyFile.path)}</span>
                <IconButton
                  label={text.filter.anyFile}
                  icon={<X aria-hidden="true" className="size-3.5" />}
                  onClick={() => change({ file: undefined })}
                />
              </span>
            )}
            <FilterField
              handle={search}
              label={text.filter.placeholder}
              value={view.q ?? ''}
              onChange={(q) => change({ q: q || undefined })}
              onLeave={() => table.current?.focus()}
              className="min-w-40 flex-1"
            />
          </div>
          <DataTable
            handle={table}
            label={text.tabs.findings}
            rows={shown}
            columns={findingColumns}
            rowId={rowId}
            sort={sort}
            onSort={onSort}
            activeId={active?.id ?? null}
            onActive={onActive}
            onOpen={onOpen}
            chosen={chosen}
            onChosen={setChosen}
            name="findings"
            empty={
              <EmptyState
                icon={<SearchX aria-hidden="true" />}
                title={text.filter.nothing}
                body={text.filter.nothingBody(rows.length)}
                action={<Button onClick={clear}>{text.filter.clear}</Button>}
              />
            }
          />
          {chosenRows.length > 0 ? (
            <SelectionBar
              chosen={chosenRows.length}
              onDispose={dispose}
              onReopen={chosenRows.some((row) => row.disposition) ? () => reopen(chosenRows) : null}
              onClear={() => {
                setChosen(NOTHING)
                table.current?.focus()
              }}
            />
          ) : (
            <ListFooter status={text.filter.shown(shown.length, rows.length)} findingKeys />
          )}
          {asking && targets && (
            <DisposeDialog
              reportId={reportId}
              targets={targets}
              initialScope={asking}
              current={active?.disposition ?? null}
              apply={apply}
              onDone={() => {
                setAsking(null)
                setChosen(NOTHING)
              }}
              onClose={() => setAsking(null)}
            />
          )}
        </>
      }
      detail={
        detailed ? (
          <FindingDetail
            key={detailed.id}
            row={detailed}
            state={
              <FindingState
                disposition={detailed.disposition}
                onDispose={dispose}
                onReopen={() => reopen([detailed])}
              />
            }
            similar={
              <SimilarFindings
                rows={byRule.get(detailed.finding.ruleId) ?? []}
                current={detailed}
                onJump={onActive}
                onAll={() =>
                  change({ q: detailed.finding.ruleId, severity: undefined, file: undefined })
                }
              />
            }
            onFile={onFile}
          />
        ) : (
          <p className="text-muted">{text.detail.none}</p>
        )
      }
    />
  )
}
