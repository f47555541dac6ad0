import { formatNumber } from '@renderer/app/intl'
import { Button } from '@renderer/ui/Button'
import { cx } from '@renderer/ui/cx'
import type { TableSort } from '@renderer/ui/data-table/columns'
import { DataTable, type DataTableHandle } from '@renderer/ui/data-table/DataTable'
import { FilterField } from '@renderer/ui/data-table/FilterField'
import { EmptyState } from '@renderer/ui/EmptyState'
import type { ScanReport } from '@shared/scan-report/report'
import { SearchX } from 'lucide-react'
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react'
import { FileDetail } from './FileDetail'
import { fileColumns } from './file-columns'
import { countForFilter, type FileRow, fileRows, filterFiles } from './files'
import { OUTCOMES, type Outcome } from './findings'
import { ListFooter } from './ListFooter'
import { text } from './messages'
import { outcomesOf, type ReportSearch } from './report-search'
import { SplitPane } from './SplitPane'
import type { ChangeView } from './use-report-view'

interface FilesPaneProps {
  report: ScanReport
  view: ReportSearch
  change: ChangeView
}

const rowId = (row: FileRow) => row.id

export function FilesPane({ report, view, change }: FilesPaneProps) {
  const table = useRef<DataTableHandle<FileRow>>(null)
  const search = useRef<{ focus(): void }>(null)
  const detail = useRef<HTMLElement>(null)
  const [activeId, setActiveId] = useState<string | null>(null)
  const [query, setQuery] = useState('')
  const [sort, setSort] = useState<TableSort>({ column: 'outcome', descending: true })

  const outcome = view.outcome ?? ''
  const outcomes = useMemo(() => new Set(outcomesOf(outcome)), [outcome])
  const asked = useDeferredValue(query)
  const rows = useMemo(() => fileRows(report), [report])
  const counts = useMemo(() => countForFilter(rows), [rows])
  const shown = useMemo(() => filterFiles(rows, asked, outcomes), [rows, asked, outcomes])
  const active = shown.find((row) => row.id === activeId) ?? shown[0] ?? null
  const detailed = useDeferredValue(active)

  const onActive = useCallback((row: FileRow) => setActiveId(row.id), [])
  const onOpen = useCallback(() => detail.current?.focus(), [])
  const toggle = (one: Outcome) => {
    const next = new Set(outcomes)
    if (!next.delete(one)) next.add(one)
    change({ outcome: [...next].join(',') })
  }

  return (
    <SplitPane
      detailLabel={text.detail.fileRegion}
      detailRef={detail}
      onLeaveDetail={() => table.current?.focus()}
      list={
        <>
          <div className="flex flex-wrap items-center gap-2 border-line border-b p-2">
            {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls */}
            <div role="group" aria-label={text.filter.outcomes} className="flex flex-wrap gap-1">
              {OUTCOMES.filter((one) => counts[one] > 0).map((one) => (
                <button
                  key={one}
                  type="button"
                  aria-pressed={outcomes.has(one)}
                  className={cx(
                    'inline-flex h-7 items-center gap-1 rounded-control border px-2 text-small',
                    outcomes.has(one)
                      ? 'border-accent bg-selected text-text'
                      : 'border-line text-muted hover:bg-sunken',
                  )}
                  onClick={() => toggle(one)}
                >
                  {text.outcome[one]}
                  <span className="font-medium text-text">{formatNumber(counts[one])}</span>
                </button>
              ))}
            </div>
            <FilterField
              handle={search}
              label={text.filter.filesPlaceholder}
              value={query}
              onChange={setQuery}
              onLeave={() => table.current?.focus()}
              className="min-w-40 flex-1"
            />
          </div>
          <DataTable
            handle={table}
            label={text.tabs.files}
            rows={shown}
            columns={fileColumns}
            rowId={rowId}
            sort={sort}
            onSort={setSort}
            activeId={active?.id ?? null}
            onActive={onActive}
            onOpen={onOpen}
            empty={
              <EmptyState
                icon={<SearchX aria-hidden="true" />}
                title={text.filter.noFiles}
                body={text.filter.noFilesBody(rows.length)}
                action={
                  <Button
                    onClick={() => {
                      setQuery('')
                      change({ outcome: undefined })
                      search.current?.focus()
                    }}
                  >
                    {text.filter.clear}
                  </Button>
                }
              />
            }
          />
          <ListFooter status={text.filter.filesShown(shown.length, rows.length)} />
        </>
      }
      detail={
        detailed ? (
          <FileDetail
            key={detailed.id}
            row={detailed}
            onFindings={() =>
              change({ tab: undefined, file: detailed.index, severity: undefined, q: undefined })
            }
          />
        ) : (
          <p className="text-muted">{text.detail.noFile}</p>
        )
      }
    />
  )
}
