import { CircleCheck, CircleQuestionMark, TriangleAlert } from 'lucide-react'
import { cx } from '../ui/cx'
import { text } from './messages'

type CheckState = keyof typeof text.checkStates

const LOOK = {
  ok: { icon: CircleCheck, tone: 'text-ok' },
  bad: { icon: TriangleAlert, tone: 'text-sev-high-text' },
  unknown: { icon: CircleQuestionMark, tone: 'text-sev-info-text' },
}

/** Three values: what cannot be read is unknown, never ok. */
export function CheckIcon({ state, className }: { state: CheckState; className?: string }) {
  const { icon: Icon, tone } = LOOK[state]
  return (
    <span className={cx('inline-flex shrink-0', tone, className)}>
      <Icon aria-hidden="true" className="size-4" />
      <span className="sr-only">{text.checkStates[state]}</span>
    </span>
  )
}
