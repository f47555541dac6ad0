import { formatDateTime } from '@renderer/app/intl'
import { buttonClass, IconButton } from '@renderer/ui/Button'
import { cx } from '@renderer/ui/cx'
import { GradeTile } from '@renderer/ui/GradeTile'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import { VerdictBadge } from '@renderer/ui/VerdictBadge'
import type { ReportRow } from '@shared/contract/scan'
import { SEVERITIES } from '@shared/scan-report/scales'
import { Link } from '@tanstack/react-router'
import {
  ArrowLeftRight,
  ArrowRight,
  SquareArrowOutUpRight,
  TrendingDown,
  TrendingUp,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { Trend } from './compared'
import { text } from './messages'

interface SidesProps {
  baseline: ReportRow
  current: ReportRow
  trend: Trend
  picker: ReactNode
  onSwap: () => void
}

/** Both reports side by side, older on the left, and in one word which way it went. */
export function Sides({ baseline, current, trend, picker, onSwap }: SidesProps) {
  return (
    <div className="flex shrink-0 flex-wrap items-stretch gap-2 rounded-card border border-line bg-surface p-3">
      <Side label={text.before} row={baseline} name={picker} />
      <div className="flex flex-col items-center justify-center gap-1 px-2">
        <IconButton
          label={text.swap}
          icon={<ArrowLeftRight aria-hidden="true" className="size-4" />}
          onClick={onSwap}
        />
        <TrendWord trend={trend} />
      </div>
      <Side
        label={text.after}
        row={current}
        name={
          <span className="flex h-8 min-w-0 items-center font-medium" translate="no">
            <span className="truncate">
              {current.name}
              <span className="font-normal text-muted">, {formatDateTime(current.startedAt)}</span>
            </span>
          </span>
        }
      />
    </div>
  )
}

function Side({ label, row, name }: { label: string; row: ReportRow; name: ReactNode }) {
  const found = SEVERITIES.reduce((sum, severity) => sum + row.bySeverity[severity], 0)
  return (
    <section aria-label={label} className="flex min-w-72 flex-1 flex-col gap-1.5">
      <div className="flex min-w-0 items-center gap-2">
        <h2 className="w-12 shrink-0 text-muted text-small">{label}</h2>
        {name}
        <Link
          to="/scan/report/$reportId"
          params={{ reportId: row.id }}
          search={{}}
          aria-label={text.openReport(label)}
          title={text.openReport(label)}
          className={cx(buttonClass('ghost', 'small'), 'size-7 px-0!')}
        >
          <SquareArrowOutUpRight aria-hidden="true" className="size-3.5" />
        </Link>
      </div>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 pl-14">
        <VerdictBadge verdict={row.verdict} large />
        <GradeTile grade={row.grade} />
        <span className="text-muted">
          {text.counts(found, row.files)}, <RelativeTime date={row.startedAt} />
        </span>
      </div>
    </section>
  )
}

const TREND = {
  better: { icon: TrendingUp, tone: 'text-ok' },
  worse: { icon: TrendingDown, tone: 'text-sev-high-text' },
  same: { icon: ArrowRight, tone: 'text-muted' },
}

function TrendWord({ trend }: { trend: Trend }) {
  const { icon: Icon, tone } = TREND[trend]
  return (
    <span className={cx('flex items-center gap-1 whitespace-nowrap font-medium text-small', tone)}>
      <Icon aria-hidden="true" className="size-3.5" />
      {text[trend]}
    </span>
  )
}
