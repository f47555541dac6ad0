import type { Grade } from '@shared/scan-report/report'
import { cx } from './cx'
import { text } from './messages'

const TEXT: Record<Grade, string> = {
  'A+': 'text-grade-a-text',
  A: 'text-grade-a-text',
  B: 'text-grade-b-text',
  C: 'text-grade-c-text',
  D: 'text-grade-d-text',
  F: 'text-grade-f-text',
}
const BAR: Record<Grade, string> = {
  'A+': 'bg-grade-a',
  A: 'bg-grade-a',
  B: 'bg-grade-b',
  C: 'bg-grade-c',
  D: 'bg-grade-d',
  F: 'bg-grade-f',
}
const SIZES = {
  small: 'h-5 min-w-6 px-1 text-meta',
  normal: 'h-8 min-w-9 px-1.5 text-section',
  large: 'h-12 min-w-12 px-2 text-figure',
}

/** The letter in its text colour over a bar in its fill: letters on fills would miss 4.5:1. */
export function GradeTile({ grade, size = 'normal' }: { grade: Grade; size?: keyof typeof SIZES }) {
  return (
    <span
      role="img"
      aria-label={text.grade(grade)}
      className={cx(
        'relative inline-flex shrink-0 items-center justify-center overflow-hidden rounded-chip border border-line bg-surface pb-0.5 font-semibold',
        SIZES[size],
        TEXT[grade],
      )}
    >
      <span translate="no">{grade}</span>
      <span
        className={cx(
          'swatch absolute inset-x-0 bottom-0',
          size === 'large' ? 'h-1' : 'h-0.5',
          BAR[grade],
        )}
      />
    </span>
  )
}
