import { PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import type { TableSort } from '@renderer/ui/data-table/columns'
import { EmptyState } from '@renderer/ui/EmptyState'
import { Select } from '@renderer/ui/Select'
import { TableList } from '@renderer/ui/table-page/TableList'
import { TablePage } from '@renderer/ui/table-page/TablePage'
import { useTableState } from '@renderer/ui/table-page/use-table-state'
import { ViewsMenu } from '@renderer/views/ViewsMenu'
import type { ListedRule } from '@shared/contract/rules'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { BookOpen } from 'lucide-react'
import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import { text } from './messages'
import { ruleColumns } from './rule-columns'
import { parseRulesSearch, type RulesSearch } from './rules-search'

const WORST_FIRST: TableSort = { column: 'severity', descending: true }
const NOTHING: readonly ListedRule[] = []
const rowId = (row: ListedRule) => row.id

const haystack = ({ id, title, category, pack, effectiveSeverity, cve, cwe }: ListedRule) =>
  [id, title, category, pack, effectiveSeverity, ...cve, ...cwe].join(' ').toLowerCase()

export function RulesPage() {
  const navigate = useNavigate()
  const query = useQuery(orpc.rules.list.queryOptions())
  const rules = query.data?.rules ?? NOTHING
  const address: Record<string, unknown> = useSearch({ strict: false })
  const { q = '', pack } = parseRulesSearch(address)
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
  const state = useTableState(shown, rowId, WORST_FIRST)
  const columns = useMemo(() => ruleColumns(), [])
  const onOpen = useCallback(
    (row: ListedRule) => void navigate({ to: '/rules/$ruleId', params: { ruleId: row.id } }),
    [navigate],
  )
  const show = (next: RulesSearch) =>
    void navigate({ to: '/rules', search: { ...parseRulesSearch({ ...next }) }, replace: true })
  return (
    <TablePage
      head={
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
      }
      empty={
        query.data?.rules.length === 0 && (
          <EmptyState
            icon={<BookOpen aria-hidden="true" />}
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
          onOpen={onOpen}
          filter={{
            label: text.filter,
            value: q,
            onChange: (q) => show({ q, ...(pack && { pack }) }),
          }}
          filters={
            <Select
              label={text.pack}
              value={pack ?? ''}
              options={[
                { value: '', label: text.anyPack },
                ...packs.map((name) => ({ value: name, label: name })),
              ]}
              onChange={(name) => show({ q, ...(name && { pack: name }) })}
            />
          }
          tools={
            <ViewsMenu
              page="rules"
              search={{ ...parseRulesSearch({ q, pack }) }}
              onApply={(search) => show(parseRulesSearch(search))}
              saving={saving}
              onSaving={setSaving}
            />
          }
          failed={text.failed}
          filtered={{ title: text.filtered, action: text.clear }}
          onClear={() => {
            show({})
            state.search.current?.focus()
          }}
          status={text.shown(shown.length, rules.length)}
          hints={HINTS}
        />
      }
    />
  )
}

const HINTS = [
  { keys: ['j', 'k'], says: text.keys.move },
  { keys: ['enter'], says: text.keys.open },
  { keys: ['/'], says: text.keys.filter },
]
