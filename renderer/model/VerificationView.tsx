import { SectionCard } from '@renderer/ui/Card'
import { cx } from '@renderer/ui/cx'
import type { Check, Verification } from '@shared/model/verification'
import { CircleCheck, CircleQuestionMark, Info, OctagonX } from 'lucide-react'
import { text as evidence } from '../benchmark/messages'
import { visible } from '../scan/report/evidence'
import { text } from './messages'
import { RecomputedFigures } from './RecomputedFigures'

const TONES: Record<Check['result'], string> = {
  ok: 'text-ok',
  failed: 'text-sev-critical-text',
  open: 'text-sev-medium-text',
  note: 'text-sev-info-text',
}
const ICONS = { ok: CircleCheck, failed: OctagonX, open: CircleQuestionMark, note: Info }
const AS_RESULT = { valid: 'ok', invalid: 'failed', undecided: 'open' } as const

/** The outcome in one sentence, the level in another, then everything that was looked at. */
export function VerificationView({ verification }: { verification: Verification }) {
  const { outcome, sentence, level, levelSentence, checks } = verification
  const result = AS_RESULT[outcome]
  return (
    <>
      <div className="flex items-start gap-3 rounded-card border border-line bg-surface p-4">
        <Mark result={result} className="mt-0.5 size-5" />
        <div className="min-w-0 flex-1">
          <p className={cx('font-semibold text-section', TONES[result])} data-outcome={outcome}>
            {text.outcomes[outcome]}
          </p>
          <p className="wrap-anywhere" translate="no">
            {visible(sentence)}
          </p>
          {level !== null && levelSentence !== null && (
            <p className="mt-1 text-muted wrap-anywhere">
              {text.verification.evidence(evidence.evidence[level])}
              {'. '}
              <span translate="no">{visible(levelSentence)}</span>
            </p>
          )}
        </div>
      </div>
      {level !== null &&
        verification.measurements.map((measurement) => (
          <RecomputedFigures key={measurement.headline} level={level} measurement={measurement} />
        ))}
      <SectionCard title={text.verification.title}>
        <ul>
          {checks.map((check) => (
            <li
              key={`${check.id} ${check.sentence}`}
              className="flex items-start gap-2 border-line border-b px-3 py-2 last:border-0"
            >
              <Mark result={check.result} className="mt-0.5 size-4" />
              <span className={cx('w-12 shrink-0 font-medium', TONES[check.result])}>
                {text.results[check.result]}
              </span>
              <span className="min-w-0 wrap-anywhere" translate="no">
                {visible(check.sentence)}
              </span>
            </li>
          ))}
        </ul>
      </SectionCard>
    </>
  )
}

function Mark({ result, className }: { result: Check['result']; className: string }) {
  const Icon = ICONS[result]
  return <Icon aria-hidden="true" className={cx('shrink-0', TONES[result], className)} />
}
