import { formatBytes } from '@renderer/app/intl'
import { Page, PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { Card } from '@renderer/ui/Card'
import { cx } from '@renderer/ui/cx'
import { ErrorState } from '@renderer/ui/ErrorState'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import type { EngineState } from '@shared/contract/benchmark'
import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleDashed, CircleSlash } from 'lucide-react'
import { BenchmarkNav } from './BenchmarkNav'
import { EngineInstall } from './engines/EngineInstall'
import { EngineVerify } from './engines/EngineVerify'
import { text } from './engines/messages'

const CELL = 'px-3 py-2 align-top'

/** What can run models here, and what could be fetched. */
export function EnginesPage() {
  const { data, error, isPending, refetch } = useQuery(orpc.benchmark.engines.queryOptions())
  const { columns } = text
  return (
    <Page>
      <PageHeader title={text.title} facts={<span className="text-muted">{text.intro}</span>} />
      <BenchmarkNav />
      <Card className="overflow-x-auto">
        {isPending && <SkeletonRows rows={4} />}
        {error && !data && (
          <ErrorState error={error} title={text.failedToLoad} onRetry={() => void refetch()} />
        )}
        {data && (
          <table className="w-full min-w-[560px]">
            <thead className="text-left text-muted text-small">
              <tr className="h-8 border-line border-b">
                <th className="px-3 font-medium">{columns.engine}</th>
                <th className="px-3 font-medium">{columns.formats}</th>
                <th className="px-3 font-medium">{columns.version}</th>
                <th className="px-3 text-right font-medium">{columns.size}</th>
                <th className="w-80 px-3 font-medium">{columns.state}</th>
              </tr>
            </thead>
            <tbody>
              {data.map((engine) => (
                <tr key={engine.name} className="border-line border-b last:border-0">
                  <th scope="row" className={cx(CELL, 'text-left font-medium')} translate="no">
                    {engine.title}
                  </th>
                  <td className={CELL}>
                    {text.formats(engine.formats.map((format) => text.formatNames[format]))}
                  </td>
                  <td className={cx(CELL, 'tabular-nums')} translate="no">
                    {engine.version}
                  </td>
                  <td className={cx(CELL, 'text-right text-muted')}>
                    {engine.downloadBytes === null
                      ? text.noDownload
                      : formatBytes(engine.downloadBytes)}
                  </td>
                  <td className={CELL}>
                    <State engine={engine} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Card>
      <p className="max-w-[80ch] text-faint text-small">{text.note}</p>
    </Page>
  )
}

const ICON = {
  bundled: { icon: CircleCheck, tone: 'text-ok' },
  installed: { icon: CircleCheck, tone: 'text-ok' },
  missing: { icon: CircleDashed, tone: 'text-sev-info-text' },
  unsupported: { icon: CircleSlash, tone: 'text-sev-high-text' },
}

function State({ engine }: { engine: EngineState }) {
  const { icon: Icon, tone } = ICON[engine.state]
  return (
    <div className="flex flex-col items-start gap-1">
      <span className="flex items-center gap-1.5">
        <Icon aria-hidden="true" className={cx('size-4 shrink-0', tone)} />
        {text.states[engine.state]}
      </span>
      {engine.reason && (
        <p className="text-muted text-small" translate="no">
          {engine.reason}
        </p>
      )}
      {engine.state === 'missing' && <EngineInstall engine={engine} />}
      {(engine.state === 'bundled' || engine.state === 'installed') && (
        <EngineVerify engine={engine} />
      )}
    </div>
  )
}
