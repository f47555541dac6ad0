import { formatPercent } from '../app/intl'
import { cx } from './cx'

export interface ProgressProps {
  /** What is under way; its accessible name. */
  label: string
  /** 0..1, or null while the total is not known. */
  value: number | null
  className?: string
}

export function Progress({ label, value, className }: ProgressProps) {
  const share = value === null ? null : Math.min(1, Math.max(0, value))
  const range =
    share === null
      ? {}
      : {
          'aria-valuenow': Math.floor(share * 100),
          'aria-valuetext': formatPercent(share),
          'aria-valuemin': 0,
          'aria-valuemax': 100,
        }
  return (
    <div
      role="progressbar"
      aria-label={label}
      {...range}
      className={cx('h-1.5 overflow-hidden rounded-full bg-line', className)}
    >
      <div
        className={cx(
          // It jumps: gliding would draw all the time, beside benchmarks as well.
          'swatch h-full origin-left bg-accent',
          share === null && 'animate-pulse',
        )}
        style={{ transform: `scaleX(${share ?? 1})` }}
      />
    </div>
  )
}
