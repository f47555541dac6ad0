import { useCommand } from '@renderer/app/commands'
import { Button } from '@renderer/ui/Button'
import { cx } from '@renderer/ui/cx'
import type { TableSort } from '@renderer/ui/data-table/columns'
import { DataTable, type DataTableHandle } from '@renderer/ui/data-table/DataTable'
import { FilterField } from '@renderer/ui/data-table/FilterField'
import { KeyHints } from '@renderer/ui/data-table/KeyHints'
import { EmptyState } from '@renderer/ui/EmptyState'
import type { Change, Comparison } from '@shared/scan-report/compare'
import { ScanSearch, SearchX } from 'lucide-react'
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react'
import { FindingDetail } from '../scan/report/lazy-detail'
import { text as report } from '../scan/report/messages'
import { SplitPane } from '../scan/report/SplitPane'
import { ChangeIcon } from './ChangeBadge'
import { comparedColumns } from './compare-columns'
import { CHANGES, type CompareSearch, changesOf } from './compare-search'
import { type ComparedRow, comparedRows, filterCompared } from './compared'
import { text } from './messages'

interface ComparedFindingsProps {
  comparison: Comparison
  view: CompareSearch
  change: (part: { [K in keyof CompareSearch]: CompareSearch[K] | undefined }) => void
}

const rowId = (row: ComparedRow) => row.id

export function ComparedFindings({ comparison, view, change }: ComparedFindingsProps) {
  const table = useRef<DataTableHandle<ComparedRow>>(null)
  const search = useRef<{ focus(): void }>(null)
  const detail = useRef<HTMLElement>(null)
  const [activeId, setActiveId] = useState<string | null>(null)
  const [sort, setSort] = useState<TableSort | null>(null)
  const [typed, setTyped] = useState(view.q ?? '')
  const query = useDeferredValue(typed)

  const rows = useMemo(() => comparedRows(comparison), [comparison])
  const wanted = view.change ?? ''
  const changes = useMemo(() => new Set(changesOf(wanted)), [wanted])
  const shown = useMemo(() => filterCompared(rows, changes, query), [rows, changes, query])
  const active = shown.find((row) => row.id === activeId) ?? shown[0] ?? null
  const detailed = useDeferredValue(active)

  const onActive = useCallback((row: ComparedRow) => setActiveId(row.id), [])
  const onOpen = useCallback(() => detail.current?.focus(), [])
  const toggle = (one: Change) => {
    const next = new Set(changes)
    if (!next.delete(one)) next.add(one)
    change({ change: [...next].join(',') })
  }
  const type = (q: string) => {
    setTyped(q)
    change({ q })
  }
  useCommand('compare.new', () => toggle('new'))
  useCommand('compare.fixed', () => toggle('fixed'))
  useCommand('compare.unchanged', () => toggle('unchanged'))

  return (
    <SplitPane
      detailLabel={report.detail.region}
      detailRef={detail}
      onLeaveDetail={() => table.current?.focus()}
      list={
        <>
          <div className="flex flex-wrap items-center gap-2 border-line border-b p-2">
            {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls */}
            <div role="group" aria-label={text.changesLabel} className="flex flex-wrap gap-1">
              {CHANGES.map((one) => (
                <button
                  key={one}
                  type="button"
                  aria-pressed={changes.has(one)}
                  className={cx(
                    'inline-flex h-7 items-center gap-1 rounded-control border px-2 text-small',
                    changes.has(one)
                      ? 'border-accent bg-selected text-text'
                      : 'border-line text-muted hover:bg-sunken',
                  )}
                  onClick={() => toggle(one)}
                >
                  <ChangeIcon change={one} />
                  {text.changes[one]}
                  <span className="font-medium text-text">
                    {text.count(comparison.counts[one])}
                  </span>
                </button>
              ))}
            </div>
            <FilterField
              handle={search}
              label={text.filter}
              value={typed}
              onChange={type}
              onLeave={() => table.current?.focus()}
              className="min-w-40 flex-1"
            />
          </div>
          <DataTable
            handle={table}
            label={text.tabs.findings}
            rows={shown}
            columns={comparedColumns}
            rowId={rowId}
            sort={sort}
            onSort={setSort}
            activeId={active?.id ?? null}
            onActive={onActive}
            onOpen={onOpen}
            name="compared"
            empty={
              rows.length === 0 ? (
                <EmptyState
                  icon={<ScanSearch aria-hidden="true" />}
                  title={text.noFindings}
                  body={text.noFindingsBody}
                />
              ) : (
                <EmptyState
                  icon={<SearchX aria-hidden="true" />}
                  title={text.nothing}
                  body={text.nothingBody(rows.length)}
                  action={
                    <Button
                      onClick={() => {
                        setTyped('')
                        change({ q: undefined, change: undefined })
                        search.current?.focus()
                      }}
                    >
                      {text.clear}
                    </Button>
                  }
                />
              )
            }
          />
          <div className="flex h-8 shrink-0 items-center gap-4 overflow-hidden border-line border-t px-3 text-muted text-small">
            <span role="status" className="whitespace-nowrap">
              {text.shown(shown.length, rows.length)}
            </span>
            <KeyHints hints={HINTS} />
          </div>
        </>
      }
      detail={
        detailed ? (
          <FindingDetail
            key={detailed.id}
            row={{ finding: detailed.entry.finding, file: { path: detailed.entry.path } }}
          />
        ) : (
          <p className="text-muted">{report.detail.none}</p>
        )
      }
    />
  )
}

const HINTS = [
  { keys: ['j', 'k'], says: text.keys.move },
  { keys: ['enter'], says: text.keys.open },
  { keys: ['/'], says: text.keys.filter },
  { keys: ['1', '2', '3'], says: text.keys.change },
]
