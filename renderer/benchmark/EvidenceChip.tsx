import type { Evidence } from '@shared/benchmark/evidence'
import { BadgeCheck, PenLine, RefreshCw, User } from 'lucide-react'
import { cx } from '../ui/cx'
import { text } from './messages'

const ICONS = { 'self-reported': User, signed: PenLine, reproduced: RefreshCw, audited: BadgeCheck }

/** How far a number can be believed. Stands wherever one is shown. */
export function EvidenceChip({ evidence, className }: { evidence: Evidence; className?: string }) {
  const Icon = ICONS[evidence]
  const confirmed = evidence === 'reproduced' || evidence === 'audited'
  return (
    <span
      title={text.evidenceWhy[evidence]}
      className={cx(
        'inline-flex h-5 shrink-0 items-center gap-1 rounded-chip align-middle px-1.5 text-meta whitespace-nowrap',
        confirmed ? 'bg-ok-tint text-ok' : 'bg-sev-info-tint text-sev-info-text',
        className,
      )}
    >
      <Icon aria-hidden="true" className="size-3" />
      {text.evidence[evidence]}
    </span>
  )
}
