import { isDefinedError } from '@orpc/client'
import { Page, PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { buttonClass } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import type { BenchmarkComparison } from '@shared/benchmark/comparison'
import type { Summary } from '@shared/benchmark/figures'
import type { ResultRow } from '@shared/benchmark/result-row'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { GitCompareArrows } from 'lucide-react'
import { useMemo } from 'react'
import { CompareCharts } from './compare/CompareCharts'
import { CompareChoices } from './compare/CompareChoices'
import { ComparedResults } from './compare/ComparedResults'
import { type CompareSearch, parseCompareSearch } from './compare/compare-search'
import { text } from './compare/messages'
import { resultNames } from './compare/names'
import { PairTable } from './compare/PairTable'
import { ExportMenu } from './ExportMenu'
import { text as shared } from './messages'
import { saveExport } from './save-export'

export function ComparePage() {
  const address: Record<string, unknown> = useSearch({ strict: false })
  const search = parseCompareSearch(address)
  if (search === null)
    return (
      <Page>
        <PageHeader title={text.title} />
        <Card>
          <EmptyState
            icon={<GitCompareArrows aria-hidden="true" />}
            title={text.pick}
            body={text.pickBody}
            action={<ToResults />}
          />
        </Card>
      </Page>
    )
  return <Compared search={search} />
}

function Compared({ search }: { search: CompareSearch }) {
  const { of, delta } = search
  const { data, error, isFetching, refetch } = useQuery(
    orpc.benchmark.compare.queryOptions({
      input: { resultIds: of, ...(delta && { delta }) },
      placeholderData: keepPreviousData,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  )
  if (data) return <Comparison {...data} search={search} />
  const refused = error && isDefinedError(error) ? error : null
  return (
    <Page>
      <PageHeader title={text.title} />
      <Card>
        {error === null && <SkeletonRows rows={8} />}
        {refused && (
          <EmptyState
            icon={<GitCompareArrows aria-hidden="true" />}
            title={refused.code === 'NOT_COMPARABLE' ? text.notComparable : text.gone}
            body={
              refused.code === 'NOT_COMPARABLE' && <span translate="no">{refused.data.reason}</span>
            }
            action={<ToResults />}
          />
        )}
        {error && !refused && (
          <ErrorState error={error} retrying={isFetching} onRetry={() => void refetch()} />
        )}
      </Card>
    </Page>
  )
}

interface ComparisonProps {
  rows: readonly ResultRow[]
  summaries: readonly Summary[]
  comparison: BenchmarkComparison
  search: CompareSearch
}

function Comparison({ rows, summaries, comparison, search }: ComparisonProps) {
  const navigate = useNavigate()
  const names = useMemo(() => resultNames(rows), [rows])
  const show = ({ of, delta }: CompareSearch) =>
    void navigate({
      to: '/benchmarks/compare',
      search: { of: of.join(','), ...(delta && { delta }) },
      replace: true,
    })
  const delta = comparison.practicalDelta
  return (
    <Page>
      <PageHeader
        title={text.title}
        facts={
          rows[0] && (
            <span className="text-muted">
              <span translate="no">
                {shared.suiteVersion(rows[0].suite.title, rows[0].suite.version)}
              </span>
              , {shared.scenarios[rows[0].scenario]}, {text.intro(rows.length)}
            </span>
          )
        }
        actions={
          <ExportMenu
            onSave={(format) =>
              void saveExport({
                format,
                what: {
                  kind: 'comparison',
                  resultIds: search.of,
                  ...(search.delta && { delta: search.delta }),
                },
              })
            }
          />
        }
      />
      <CompareChoices
        search={search}
        names={names}
        suiteDelta={search.delta === undefined ? delta : null}
        onShow={show}
      />
      <ComparedResults rows={rows} names={names} front={comparison.paretoFront} />
      {comparison.pairs.map((pair) => (
        <PairTable
          key={pair.candidate}
          pair={pair}
          names={names}
          summaries={summaries}
          delta={delta}
        />
      ))}
      <CompareCharts rows={rows} summaries={summaries} comparison={comparison} names={names} />
    </Page>
  )
}

function ToResults() {
  return (
    <Link to="/benchmarks" search={{}} className={buttonClass('primary')}>
      {text.toList}
    </Link>
  )
}
