import { PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import type { TableSort } from '@renderer/ui/data-table/columns'
import { DataTable, type DataTableHandle } from '@renderer/ui/data-table/DataTable'
import { FilterField } from '@renderer/ui/data-table/FilterField'
import { KeyHints } from '@renderer/ui/data-table/KeyHints'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import { Select } from '@renderer/ui/Select'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { ViewsMenu } from '@renderer/views/ViewsMenu'
import type { ListedRule } from '@shared/contract/rules'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { BookOpen, SearchX } from 'lucide-react'
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react'
import { text } from './messages'
import { ruleColumns } from './rule-columns'
import { parseRulesSearch, type RulesSearch } from './rules-search'

const WORST_FIRST: TableSort = { column: 'severity', descending: true }
const rowId = (row: ListedRule) => row.id

const haystack = ({ id, title, category, pack, effectiveSeverity, cve, cwe }: ListedRule) =>
  [id, title, category, pack, effectiveSeverity, ...cve, ...cwe].join(' ').toLowerCase()

export function RulesPage() {
  const query = useQuery(orpc.rules.list.queryOptions())
  return (
    <div className="flex h-full min-h-[400px] flex-col gap-4 p-4">
      <PageHeader
        title={text.title}
        facts={
          query.data && (
            <span className="text-muted" translate="no">
              {text.version(query.data.version)}
            </span>
          )
        }
      />
      {query.data ? (
        <RuleList rules={query.data.rules} />
      ) : (
        <Card>
          {query.error ? (
            <ErrorState
              error={query.error}
              title={text.failed}
              onRetry={() => void query.refetch()}
            />
          ) : (
            <SkeletonRows rows={12} />
          )}
        </Card>
      )}
    </div>
  )
}

function RuleList({ rules }: { rules: readonly ListedRule[] }) {
  const navigate = useNavigate()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const { q = '', pack } = parseRulesSearch(address)
  const search = useRef<{ focus(): void }>(null)
  const table = useRef<DataTableHandle<ListedRule>>(null)
  const [sort, setSort] = useState(WORST_FIRST)
  const [activeId, setActiveId] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)
  const filter = useDeferredValue(q)

  const packs = useMemo(() => [...new Set(rules.map((rule) => rule.pack))].sort(), [rules])
  const shown = useMemo(() => {
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
    return rules.filter((rule) => {
      if (pack !== undefined && rule.pack !== pack) return false
      const hay = haystack(rule)
      return words.every((word) => hay.includes(word))
    })
  }, [rules, filter, pack])
  const columns = useMemo(() => ruleColumns(), [])
  const onActive = useCallback((row: ListedRule) => setActiveId(row.id), [])
  const onOpen = useCallback(
    (row: ListedRule) => void navigate({ to: '/rules/$ruleId', params: { ruleId: row.id } }),
    [navigate],
  )
  const show = (next: RulesSearch) =>
    void navigate({ to: '/rules', search: { ...parseRulesSearch({ ...next }) }, replace: true })
  const clear = () => {
    show({})
    search.current?.focus()
  }

  if (rules.length === 0)
    return (
      <Card>
        <EmptyState
          icon={<BookOpen aria-hidden="true" />}
          title={text.empty}
          body={text.emptyBody}
        />
      </Card>
    )
  return (
    <Card className="flex min-h-0 flex-1 flex-col overflow-hidden">
      <div className="flex flex-wrap items-center gap-2 border-line border-b p-2">
        <FilterField
          handle={search}
          label={text.filter}
          value={q}
          onChange={(q) => show({ q, ...(pack && { pack }) })}
          onLeave={() => table.current?.focus()}
        />
        <Select
          label={text.pack}
          value={pack ?? ''}
          options={[
            { value: '', label: text.anyPack },
            ...packs.map((name) => ({ value: name, label: name })),
          ]}
          onChange={(name) => show({ q, ...(name && { pack: name }) })}
        />
        <span className="ml-auto">
          <ViewsMenu
            page="rules"
            search={{ ...parseRulesSearch({ q, pack }) }}
            onApply={(search) => show(parseRulesSearch(search))}
            saving={saving}
            onSaving={setSaving}
          />
        </span>
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
        onOpen={onOpen}
        empty={
          <EmptyState
            icon={<SearchX aria-hidden="true" />}
            title={text.filtered}
            action={<Button onClick={clear}>{text.clear}</Button>}
          />
        }
      />
      <div className="flex h-9 shrink-0 items-center gap-3 overflow-hidden border-line border-t px-3 text-muted text-small">
        <span role="status">{text.shown(shown.length, rules.length)}</span>
        <KeyHints hints={HINTS} />
      </div>
    </Card>
  )
}

const HINTS = [
  { keys: ['j', 'k'], says: text.keys.move },
  { keys: ['enter'], says: text.keys.open },
  { keys: ['/'], says: text.keys.filter },
]
