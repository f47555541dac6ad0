import type { DoctorCheck } from '@shared/contract/app'
import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleMinus, OctagonX, RotateCw, TriangleAlert } from 'lucide-react'
import { orpc } from '../app/rpc'
import { Button } from '../ui/Button'
import { Card } from '../ui/Card'
import { cx } from '../ui/cx'
import { ErrorState } from '../ui/ErrorState'
import { GradeTile } from '../ui/GradeTile'
import { SkeletonRows } from '../ui/Skeleton'
import { text } from './messages'

const ICONS = { ok: CircleCheck, warning: TriangleAlert, failed: OctagonX, skipped: CircleMinus }
const COLORS: Record<DoctorCheck['result'], string> = {
  ok: 'text-ok',
  warning: 'text-sev-high-text',
  failed: 'text-sev-critical-text',
  skipped: 'text-faint',
}
/** What needs somebody comes first. */
const ORDER: readonly DoctorCheck['result'][] = ['failed', 'warning', 'ok', 'skipped']

export function Doctor() {
  const { data, error, isFetching, refetch } = useQuery(
    orpc.app.doctor.queryOptions({ staleTime: 60_000 }),
  )
  return (
    <Card className="mt-4 max-w-[880px]">
      <div className="flex min-h-16 items-center gap-3 border-b border-line px-4 py-3">
        {data && <GradeTile grade={data.grade} />}
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold">{text.doctor.title}</h2>
          <p role="status" className="text-muted">
            {isFetching
              ? text.doctor.checking
              : data && text.doctor.grade(countOk(data.checks), data.checks.length)}
          </p>
        </div>
        <Button
          size="small"
          disabled={isFetching}
          icon={<RotateCw aria-hidden="true" className="size-3.5" />}
          onClick={() => void refetch()}
        >
          {text.doctor.again}
        </Button>
      </div>
      {error && !isFetching ? (
        <ErrorState error={error} title={text.doctor.failed} onRetry={() => void refetch()} />
      ) : data ? (
        <Checks checks={data.checks} />
      ) : (
        <SkeletonRows rows={6} />
      )}
    </Card>
  )
}

const countOk = (checks: readonly DoctorCheck[]) =>
  checks.filter(({ result }) => result === 'ok').length

function Checks({ checks }: { checks: readonly DoctorCheck[] }) {
  const sorted = checks.toSorted((a, b) => ORDER.indexOf(a.result) - ORDER.indexOf(b.result))
  return (
    <ul>
      {sorted.map((check) => {
        const Icon = ICONS[check.result]
        return (
          <li key={check.id} className="flex gap-3 border-b border-line px-4 py-2.5 last:border-0">
            <Icon
              role="img"
              aria-label={text.doctor.results[check.result]}
              className={cx('mt-0.5 size-4 shrink-0', COLORS[check.result])}
            />
            <div className="min-w-0">
              <p translate="no" className="font-medium">
                {check.title}
              </p>
              <p translate="no" className="text-muted wrap-anywhere">
                {check.detail}
              </p>
              {check.fix && (
                <p className="mt-0.5 wrap-anywhere">
                  <span className="font-medium">{text.doctor.fix}</span>{' '}
                  <span translate="no">{check.fix}</span>
                </p>
              )}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
