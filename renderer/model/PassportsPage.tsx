import { useCommand } from '@renderer/app/commands'
import { PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { Button, buttonClass } from '@renderer/ui/Button'
import type { TableSort } from '@renderer/ui/data-table/columns'
import { EmptyState } from '@renderer/ui/EmptyState'
import { TableList } from '@renderer/ui/table-page/TableList'
import { TablePage } from '@renderer/ui/table-page/TablePage'
import { useTableState } from '@renderer/ui/table-page/use-table-state'
import type { PassportId, PassportRow } from '@shared/contract/model'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { BadgeCheck, FileCode2 } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { CreatePassport } from './CreatePassport'
import { text } from './messages'
import { passportColumns } from './passport-columns'
import { saveVerifier } from './save'

const NEWEST_FIRST: TableSort = { column: 'issuedAt', descending: true }
const NOTHING: readonly PassportRow[] = []
const rowId = (row: PassportRow) => row.id

export function PassportsPage() {
  const navigate = useNavigate()
  const query = useQuery(orpc.model.list.queryOptions())
  const rows = query.data ?? NOTHING
  const [issuing, setIssuing] = useState(false)
  const [filter, setFilter] = useState('')
  const open = useCallback(
    (passportId: PassportId) =>
      void navigate({ to: '/passports/$passportId', params: { passportId } }),
    [navigate],
  )
  const shown = useMemo(() => {
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
    return rows.filter(({ name, verdict, level, keyId, sha256 }) => {
      const hay = [name, verdict, level, keyId, sha256].join(' ').toLowerCase()
      return words.every((word) => hay.includes(word))
    })
  }, [rows, filter])
  const state = useTableState(shown, rowId, NEWEST_FIRST)
  const columns = useMemo(() => passportColumns(), [])
  const openRow = useCallback((row: PassportRow) => open(row.id), [open])
  useCommand('passports.create', () => setIssuing(true))
  useCommand('passports.verifier', () => void saveVerifier())
  return (
    <TablePage
      head={
        <>
          <PageHeader title={text.title} actions={<Actions onIssue={() => setIssuing(true)} />} />
          <p className="max-w-[80ch] text-muted">{text.about}</p>
        </>
      }
      empty={
        query.data?.length === 0 && (
          <EmptyState
            icon={<BadgeCheck aria-hidden="true" />}
            title={text.empty}
            body={text.emptyBody}
          />
        )
      }
      list={
        <TableList
          state={state}
          query={query}
          rows={shown}
          columns={columns}
          label={text.list}
          name="passports"
          onOpen={openRow}
          filter={{ label: text.filter, value: filter, onChange: setFilter }}
          failed={text.failed}
          filtered={{ title: text.filtered, action: text.clear }}
          onClear={() => {
            setFilter('')
            state.search.current?.focus()
          }}
          status={text.shown(shown.length, rows.length)}
          hints={HINTS}
        />
      }
    >
      {issuing && <CreatePassport onClose={() => setIssuing(false)} onCreated={open} />}
    </TablePage>
  )
}

function Actions({ onIssue }: { onIssue(): void }) {
  return (
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
      <Button variant="primary" keys="n" onClick={onIssue}>
        {text.issue}
      </Button>
    </>
  )
}

const HINTS = [
  { keys: ['j', 'k'], says: text.keys.move },
  { keys: ['enter'], says: text.keys.open },
  { keys: ['/'], says: text.keys.filter },
  { keys: ['n'], says: text.keys.issue },
]
