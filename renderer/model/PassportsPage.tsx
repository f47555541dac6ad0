import { useCommand } from '@renderer/app/commands'
import { PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { Button, buttonClass } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import type { TableSort } from '@renderer/ui/data-table/columns'
import { DataTable, type DataTableHandle } from '@renderer/ui/data-table/DataTable'
import { FilterField } from '@renderer/ui/data-table/FilterField'
import { KeyHints } from '@renderer/ui/data-table/KeyHints'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import type { PassportId, PassportRow } from '@shared/contract/model'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { BadgeCheck, FileCode2, SearchX } from 'lucide-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { CreatePassport } from './CreatePassport'
import { text } from './messages'
import { passportColumns } from './passport-columns'
import { saveVerifier } from './save'

const NEWEST_FIRST: TableSort = { column: 'issuedAt', descending: true }
const rowId = (row: PassportRow) => row.id

export function PassportsPage() {
  const navigate = useNavigate()
  const query = useQuery(orpc.model.list.queryOptions())
  const [issuing, setIssuing] = useState(false)
  const open = useCallback(
    (passportId: PassportId) =>
      void navigate({ to: '/passports/$passportId', params: { passportId } }),
    [navigate],
  )
  useCommand('passports.create', () => setIssuing(true))
  useCommand('passports.verifier', () => void saveVerifier())
  const issue = (
    <Button variant="primary" keys="n" onClick={() => setIssuing(true)}>
      {text.issue}
    </Button>
  )
  return (
    <div className="flex h-full min-h-[400px] flex-col gap-4 p-4">
      <PageHeader
        title={text.title}
        actions={
          <>
            <Button
              icon={<FileCode2 aria-hidden="true" className="size-4" />}
              onClick={() => void saveVerifier()}
            >
              {text.verifier}
            </Button>
            <Link to="/passports/keys" className={buttonClass('secondary')}>
              {text.keysLink}
            </Link>
            <Link to="/passports/verify" className={buttonClass('secondary')}>
              {text.verify}
            </Link>
            {issue}
          </>
        }
      />
      <p className="max-w-[80ch] text-muted">{text.about}</p>
      {query.data && query.data.length > 0 ? (
        <PassportList rows={query.data} onOpen={open} />
      ) : (
        <Card>
          {query.data ? (
            <EmptyState
              icon={<BadgeCheck aria-hidden="true" />}
              title={text.empty}
              body={text.emptyBody}
            />
          ) : query.error ? (
            <ErrorState
              error={query.error}
              title={text.failed}
              onRetry={() => void query.refetch()}
            />
          ) : (
            <SkeletonRows rows={6} />
          )}
        </Card>
      )}
      {issuing && <CreatePassport onClose={() => setIssuing(false)} onCreated={open} />}
    </div>
  )
}

interface PassportListProps {
  rows: readonly PassportRow[]
  onOpen(id: PassportId): void
}

function PassportList({ rows, onOpen }: PassportListProps) {
  const search = useRef<{ focus(): void }>(null)
  const table = useRef<DataTableHandle<PassportRow>>(null)
  const [sort, setSort] = useState(NEWEST_FIRST)
  const [activeId, setActiveId] = useState<string | null>(null)
  const [filter, setFilter] = useState('')
  const shown = useMemo(() => {
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
    return rows.filter(({ name, verdict, level, keyId, sha256 }) => {
      const hay = [name, verdict, level, keyId, sha256].join(' ').toLowerCase()
      return words.every((word) => hay.includes(word))
    })
  }, [rows, filter])
  const columns = useMemo(() => passportColumns(), [])
  const onActive = useCallback((row: PassportRow) => setActiveId(row.id), [])
  const openRow = useCallback((row: PassportRow) => onOpen(row.id), [onOpen])
  const clear = () => {
    setFilter('')
    search.current?.focus()
  }
  return (
    <Card className="flex min-h-0 flex-1 flex-col overflow-hidden">
      <div className="flex flex-wrap items-center gap-2 border-line border-b p-2">
        <FilterField
          handle={search}
          label={text.filter}
          value={filter}
          onChange={setFilter}
          onLeave={() => table.current?.focus()}
        />
      </div>
      <DataTable
        handle={table}
        label={text.list}
        rows={shown}
        columns={columns}
        rowId={rowId}
        sort={sort}
        onSort={setSort}
        activeId={activeId}
        onActive={onActive}
        onOpen={openRow}
        name="passports"
        empty={
          <EmptyState
            icon={<SearchX aria-hidden="true" />}
            title={text.filtered}
            action={<Button onClick={clear}>{text.clear}</Button>}
          />
        }
      />
      <div className="flex h-9 shrink-0 items-center gap-3 overflow-hidden border-line border-t px-3 text-muted text-small">
        <span role="status">{text.shown(shown.length, rows.length)}</span>
        <KeyHints hints={HINTS} />
      </div>
    </Card>
  )
}

const HINTS = [
  { keys: ['j', 'k'], says: text.keys.move },
  { keys: ['enter'], says: text.keys.open },
  { keys: ['/'], says: text.keys.filter },
  { keys: ['n'], says: text.keys.issue },
]
