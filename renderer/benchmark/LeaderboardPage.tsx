import { Page, PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { Button, buttonClass } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import { Select } from '@renderer/ui/Select'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { SearchX, Trophy } from 'lucide-react'
import { BenchmarkNav } from './BenchmarkNav'
import { ExportMenu } from './ExportMenu'
import { ImportedPassports } from './leaderboard/ImportedPassports'
import { LeaderboardSection } from './leaderboard/LeaderboardSection'
import { text } from './leaderboard/messages'
import { saveExport } from './save-export'

interface LeaderboardSearch {
  category?: string
  hardware?: string
}

const filled = (value: unknown): value is string => typeof value === 'string' && value !== ''

function parseSearch({ category, hardware }: Record<string, unknown>): LeaderboardSearch {
  return { ...(filled(category) && { category }), ...(filled(hardware) && { hardware }) }
}

/** Models of this workspace by category; ranks are intervals, and what cannot be compared stands apart. */
export function LeaderboardPage() {
  const navigate = useNavigate()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const { category, hardware } = parseSearch(address)
  const { data, error, isFetching, refetch } = useQuery(
    orpc.benchmark.leaderboard.queryOptions({
      input: { ...(category && { category }), ...(hardware && { hardwareClass: hardware }) },
      placeholderData: keepPreviousData,
    }),
  )
  const show = (search: LeaderboardSearch) =>
    void navigate({ to: '/benchmarks/leaderboard', search: { ...parseSearch({ ...search }) } })
  const filtered = category !== undefined || hardware !== undefined
  return (
    <Page>
      <PageHeader
        title={text.title}
        facts={<span className="text-muted">{text.intro}</span>}
        actions={
          data &&
          data.tables.length > 0 && (
            <ExportMenu
              onSave={(format) =>
                void saveExport({
                  format,
                  what: { kind: 'leaderboard', ...(category && { category }) },
                })
              }
            />
          )
        }
      />
      <BenchmarkNav />
      {data && (data.tables.length > 0 || filtered) && (
        <div className="flex flex-wrap items-center gap-2">
          <Select
            label={text.category}
            value={category ?? ''}
            options={[
              { value: '', label: text.anyCategory },
              ...data.categories.map((value) => ({ value, label: value, data: true })),
            ]}
            onChange={(value) => show({ category: value, ...(hardware && { hardware }) })}
          />
          <Select
            label={text.hardware}
            value={hardware ?? ''}
            options={[
              { value: '', label: text.anyHardware },
              ...data.hardwareClasses.map((value) => ({ value, label: value, data: true })),
            ]}
            onChange={(value) => show({ hardware: value, ...(category && { category }) })}
          />
          <span className="text-faint text-small">{text.apart}</span>
        </div>
      )}
      {data?.tables.map((table) => (
        <LeaderboardSection
          key={`${table.suiteId} ${table.suiteVersion} ${table.measure} ${table.hardwareClasses.join(' ')}`}
          table={table}
        />
      ))}
      {(!data || data.tables.length === 0) && (
        <Card>
          {!data && !error && <SkeletonRows rows={6} />}
          {!data && error && (
            <ErrorState error={error} retrying={isFetching} onRetry={() => void refetch()} />
          )}
          {data && (filtered ? <Filtered onClear={() => show({})} /> : <Empty />)}
        </Card>
      )}
      {data && <ImportedPassports />}
    </Page>
  )
}

function Empty() {
  return (
    <EmptyState
      icon={<Trophy aria-hidden="true" />}
      title={text.empty.title}
      body={text.empty.body}
      action={
        <Link to="/benchmarks/run" search={{}} className={buttonClass('primary')}>
          {text.empty.action}
        </Link>
      }
    />
  )
}

function Filtered({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={<SearchX aria-hidden="true" />}
      title={text.filtered.title}
      body={text.filtered.body}
      action={<Button onClick={onClear}>{text.filtered.action}</Button>}
    />
  )
}
