import { Button } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import type { TableSort } from '@renderer/ui/data-table/columns'
import { DataTable, type DataTableHandle } from '@renderer/ui/data-table/DataTable'
import { FilterField } from '@renderer/ui/data-table/FilterField'
import { EmptyState } from '@renderer/ui/EmptyState'
import type { ComparedFile } from '@shared/scan-report/compare'
import { Equal, SearchX } from 'lucide-react'
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react'
import { fileChangeColumns } from './compare-columns'
import { filterComparedFiles } from './compared'
import { text } from './messages'

/** A path is once in each report, and a renamed file has one of either. */
const rowId = (file: ComparedFile) => `${file.change}\0${file.path}\0${file.previousPath ?? ''}`

/** The files that are not as they were. */
export function ComparedFiles({ files }: { files: readonly ComparedFile[] }) {
  const table = useRef<DataTableHandle<ComparedFile>>(null)
  const [typed, setTyped] = useState('')
  const [sort, setSort] = useState<TableSort | null>(null)
  const [activeId, setActiveId] = useState<string | null>(null)
  const query = useDeferredValue(typed)
  const shown = useMemo(() => filterComparedFiles(files, query), [files, query])
  const onActive = useCallback((file: ComparedFile) => setActiveId(rowId(file)), [])
  return (
    <Card className="@container/list flex min-h-0 min-w-0 flex-1 flex-col overflow-hidden">
      {files.length > 0 && (
        <div className="flex border-line border-b p-2">
          <FilterField
            label={text.filesFilter}
            value={typed}
            onChange={setTyped}
            onLeave={() => table.current?.focus()}
          />
        </div>
      )}
      <DataTable
        handle={table}
        label={text.tabs.files}
        rows={shown}
        columns={fileChangeColumns}
        rowId={rowId}
        sort={sort}
        onSort={setSort}
        activeId={activeId}
        onActive={onActive}
        name="compared-files"
        empty={
          files.length === 0 ? (
            <EmptyState
              icon={<Equal aria-hidden="true" />}
              title={text.noFiles}
              body={text.noFilesBody}
            />
          ) : (
            <EmptyState
              icon={<SearchX aria-hidden="true" />}
              title={text.noFilesMatch}
              action={<Button onClick={() => setTyped('')}>{text.clear}</Button>}
            />
          )
        }
      />
      <p
        role="status"
        className="flex h-8 shrink-0 items-center border-line border-t px-3 text-muted text-small"
      >
        {text.filesShown(shown.length, files.length)}
      </p>
    </Card>
  )
}
