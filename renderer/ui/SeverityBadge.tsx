import type { Severity } from '@shared/scan-report/report'
import { cx } from './cx'
import { text } from './messages'

const BADGE: Record<Severity, string> = {
  critical: 'bg-sev-critical-tint text-sev-critical-text',
  high: 'bg-sev-high-tint text-sev-high-text',
  medium: 'bg-sev-medium-tint text-sev-medium-text',
  low: 'bg-sev-low-tint text-sev-low-text',
  info: 'bg-sev-info-tint text-sev-info-text',
}
export const SEVERITY_TEXT: Record<Severity, string> = {
  critical: 'text-sev-critical-text',
  high: 'text-sev-high-text',
  medium: 'text-sev-medium-text',
  low: 'text-sev-low-text',
  info: 'text-sev-info-text',
}
/** For bars and dots, always beside a word. */
export const SEVERITY_FILL: Record<Severity, string> = {
  critical: 'bg-sev-critical',
  high: 'bg-sev-high',
  medium: 'bg-sev-medium',
  low: 'bg-sev-low',
  info: 'bg-sev-info',
}
export const severityName = (severity: Severity): string => text.severity[severity]

/** Octagon, triangle, diamond, circle, square: told apart without colour. 16 units wide. */
const SHAPES: Record<Severity, string> = {
  critical: 'M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2z',
  high: 'M8 1.8 15 14H1z',
  medium: 'M8 1.2 14.8 8 8 14.8 1.2 8z',
  low: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8z',
  info: 'M3.5 2.5h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1z',
}
const MARKS: Record<Severity, string> = {
  critical: 'M8 4.6v4M8 11.2v.1',
  high: 'M8 6.4v3.2M8 11.7v.1',
  medium: 'M8 5v3.6M8 10.9v.1',
  low: 'M8 5v3.6M8 10.9v.1',
  info: 'M8 7.6v3.2M8 5.2v.1',
}

export function SeverityIcon({ severity, className }: { severity: Severity; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden="true"
      className={cx('size-3.5 shrink-0', className)}
    >
      <path d={SHAPES[severity]} />
      <path d={MARKS[severity]} />
    </svg>
  )
}

export function SeverityBadge({ severity, count }: { severity: Severity; count?: number }) {
  return (
    <span
      className={cx(
        'inline-flex h-5 items-center gap-1 rounded-chip border border-transparent px-1.5 align-middle text-meta font-medium whitespace-nowrap',
        BADGE[severity],
      )}
    >
      <SeverityIcon severity={severity} className="size-3" />
      {count !== undefined && <span>{text.count(count)}</span>}
      {text.severity[severity]}
    </span>
  )
}
