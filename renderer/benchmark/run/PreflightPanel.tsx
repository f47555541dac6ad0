import { IconButton } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import { cx } from '@renderer/ui/cx'
import { ErrorState } from '@renderer/ui/ErrorState'
import { GradeTile } from '@renderer/ui/GradeTile'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { TextArea } from '@renderer/ui/TextField'
import type { Advice, Preflight } from '@shared/benchmark/preflight'
import { CircleSlash, Info, RotateCw, TriangleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { CheckIcon } from '../CheckIcon'
import { text as shared } from '../messages'
import { QuietChecks } from '../QuietChecks'
import { text } from './messages'

interface PreflightPanelProps {
  /** Null: nothing to look at yet. */
  wanted: boolean
  preflight: Preflight | undefined
  error: unknown
  checking: boolean
  onAgain: () => void
  /** Why the model may run without a clean scan; null where it need not be asked. */
  override: string | null
  onOverride: (reason: string) => void
}

/** Whether it would start, which grade it could get, and what would make it better. */
export function PreflightPanel(props: PreflightPanelProps) {
  const { wanted, preflight, error, checking, onAgain } = props
  return (
    <SectionCard
      title={text.preflight.title}
      aside={
        wanted && (
          <IconButton
            label={text.preflight.again}
            icon={
              <RotateCw aria-hidden="true" className={cx('size-3.5', checking && 'animate-spin')} />
            }
            disabled={checking}
            onClick={onAgain}
          />
        )
      }
    >
      {!wanted && <p className="p-3 text-muted">{text.preflight.empty}</p>}
      {wanted && !preflight && error === null && (
        <>
          <p role="status" className="px-3 pt-3 text-muted">
            {text.preflight.checking}
          </p>
          <SkeletonRows rows={6} />
        </>
      )}
      {wanted && !preflight && error !== null && (
        <ErrorState error={error} title={text.preflight.failed} onRetry={onAgain} />
      )}
      {wanted && preflight && <Findings {...props} preflight={preflight} />}
    </SectionCard>
  )
}

function Findings(props: PreflightPanelProps & { preflight: Preflight }) {
  const { preflight, override, onOverride } = props
  return (
    <>
      <div className="flex items-center gap-3 border-line border-b p-3">
        <GradeTile grade={preflight.grade} size="large" />
        <div className="min-w-0">
          <p className="text-muted text-small">{text.preflight.bestGrade}</p>
          <p className="font-medium">{shared.gradeShort[preflight.grade]}</p>
          <p className="text-muted text-small">
            {text.preflight.plan(preflight.seconds, preflight.launches)}
          </p>
          {preflight.queued > 0 && (
            <p className="text-muted text-small">{text.preflight.queued(preflight.queued)}</p>
          )}
        </div>
      </div>
      <Part title={text.preflight.advice}>
        {preflight.advice.length === 0 ? (
          <p className="flex items-center gap-1.5 text-muted">
            <CheckIcon state="ok" />
            {text.preflight.nothing}
          </p>
        ) : (
          <ul className="flex flex-col gap-1.5">
            {preflight.advice.map((advice) => (
              <AdviceLine key={`${advice.id} ${advice.sentence}`} advice={advice} />
            ))}
          </ul>
        )}
      </Part>
      {override !== null && <Override reason={override} onReason={onOverride} />}
      <Part title={text.preflight.quiet}>
        <QuietChecks checks={preflight.quiet} />
      </Part>
    </>
  )
}

const WEIGHT = {
  blocks: { icon: CircleSlash, tone: 'text-sev-critical-text' },
  grade: { icon: TriangleAlert, tone: 'text-sev-medium-text' },
  hint: { icon: Info, tone: 'text-sev-low-text' },
}

function AdviceLine({ advice }: { advice: Advice }) {
  const { icon: Icon, tone } = WEIGHT[advice.weight]
  return (
    <li className="flex items-start gap-2">
      <Icon aria-hidden="true" className={cx('mt-0.5 size-4 shrink-0', tone)} />
      <p className="min-w-0">
        <span className="sr-only">{text.preflight.weights[advice.weight]}: </span>
        <span translate="no">{advice.sentence}</span>
      </p>
    </li>
  )
}

function Override({ reason, onReason }: { reason: string; onReason: (reason: string) => void }) {
  const id = useId()
  const why = useId()
  return (
    <Part title={text.preflight.overrideTitle}>
      <p id={why} className="text-muted text-small">
        {text.preflight.overrideWhy}
      </p>
      <label htmlFor={id} className="sr-only">
        {text.preflight.reason}
      </label>
      <TextArea
        id={id}
        rows={2}
        aria-describedby={why}
        placeholder={text.preflight.reasonPlaceholder}
        maxLength={1000}
        value={reason}
        onChange={(event) => onReason(event.target.value)}
      />
    </Part>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2 border-line border-b p-3 last:border-0">
      <h3 className="font-semibold text-small">{title}</h3>
      {children}
    </section>
  )
}
