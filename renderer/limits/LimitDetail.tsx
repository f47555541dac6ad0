import { formatNumber, formatTime } from '@renderer/app/intl'
import { client, orpc, queryClient } from '@renderer/app/rpc'
import { ChartFrame } from '@renderer/charts/ChartFrame'
import { LazyStackedDays } from '@renderer/charts/stacked-days'
import { Button } from '@renderer/ui/Button'
import { notify } from '@renderer/ui/toast'
import type { Limit } from '@shared/backend/operations'
import { useDeferredValue, useState } from 'react'
import { ReasonDialog } from '../administration/ReasonDialog'
import { useReasonAgainst } from '../administration/roles'
import { DetailList, DetailSection } from '../scan/report/DetailList'
import { text } from './messages'

interface LimitDetailProps {
  limit: Limit | null
  onEdit(limit: Limit): void
}

export function LimitDetail({ limit, onEdit }: LimitDetailProps) {
  const against = useReasonAgainst('limits.manage')
  const [undoing, setUndoing] = useState(false)
  if (limit === null) return <p className="text-muted">{text.detail.none}</p>
  const { rpc, burst, perMinute, calls, refused, failed, callers, before, changedAt } = limit
  return (
    <div className="flex flex-col gap-4">
      <header className="flex flex-wrap items-center justify-between gap-2">
        <h2 translate="no" className="min-w-0 font-mono font-semibold text-section wrap-anywhere">
          {rpc}
        </h2>
        <span className="flex flex-wrap gap-2">
          {before !== null && (
            <Button disabledReason={against} onClick={() => setUndoing(true)}>
              {text.undo.action}
            </Button>
          )}
          <Button keys="e" disabledReason={against} onClick={() => onEdit(limit)}>
            {text.edit.action}
          </Button>
        </span>
      </header>
      <DetailList
        items={[
          [text.detail.now, text.detail.nowIs(burst, perMinute)],
          [text.detail.calls, text.detail.callsAre(calls, refused, failed, callers)],
          [text.detail.changed, changedAt === null ? text.detail.never : text.at(changedAt)],
        ]}
      />
      <Hours limit={limit} />
      <DetailSection title={text.detail.top}>
        {limit.topCallers.length === 0 && <p className="text-muted">{text.detail.noCallers}</p>}
        <ul>
          {limit.topCallers.map(({ person, ...counts }) => (
            <li
              key={person.id}
              className="flex flex-wrap justify-between gap-x-4 border-line border-b py-1 last:border-0"
            >
              <span translate="no" className="wrap-anywhere">
                {person.displayName || person.handle}
              </span>
              <span className="text-muted tabular-nums">
                {text.detail.topCalls(counts.calls, counts.refused)}
              </span>
            </li>
          ))}
        </ul>
      </DetailSection>
      {undoing && before !== null && (
        <ReasonDialog
          title={text.undo.title(rpc)}
          description={text.undo.body(before.burst, before.perMinute)}
          confirm={text.undo.confirm}
          onClose={() => setUndoing(false)}
          onConfirm={async (reason, operationId) => {
            await client.limits.save({ operationId, rpc, ...before, reason })
            await queryClient.invalidateQueries({ queryKey: orpc.limits.key() })
            notify({ tone: 'ok', title: text.undo.done(rpc) })
          }}
        />
      )}
    </div>
  )
}

const SERIES = [
  { key: 'served', label: text.detail.served, color: 'var(--chart-1)' },
  { key: 'refused', label: text.detail.refused, color: 'var(--chart-2)' },
]
const hourOf = (at: string) => formatTime(new Date(at))

function Hours({ limit }: { limit: Limit }) {
  // Drawn in a pass of its own, after the page is there: a drawing costs some 20 ms.
  const drawn = useDeferredValue(true, false)
  const days = limit.hours.map(({ at, calls, refused }) => ({
    day: at,
    values: { served: calls - refused, refused },
  }))
  return (
    <ChartFrame
      title={text.detail.chart}
      unit={text.detail.unit}
      caption={text.detail.caption}
      legend={SERIES}
      columns={[text.detail.hour, ...SERIES.map(({ label }) => label)]}
      rows={days.map(({ day, values }) => [hourOf(day), values.served, values.refused])}
      formatCell={(cell) => (typeof cell === 'number' ? formatNumber(cell) : String(cell ?? ''))}
      showHeader
      height={132}
    >
      {drawn && (
        <LazyStackedDays
          title={text.detail.chartOf(limit.rpc)}
          description={text.detail.drawn(limit.calls, limit.refused)}
          days={days}
          series={SERIES}
          tick={hourOf}
        />
      )}
    </ChartFrame>
  )
}
