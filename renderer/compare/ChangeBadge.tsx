import { cx } from '@renderer/ui/cx'
import type { Change, ComparedFile } from '@shared/scan-report/compare'
import { Check, Equal, type LucideIcon, Minus, MoveRight, PencilLine, Plus } from 'lucide-react'
import { text } from './messages'

const CHANGE: Record<Change, { icon: LucideIcon; tone: string }> = {
  new: { icon: Plus, tone: 'bg-sev-high-tint text-sev-high-text' },
  fixed: { icon: Check, tone: 'bg-ok-tint text-ok' },
  unchanged: { icon: Equal, tone: 'text-muted' },
}
const FILE_ICON: Record<ComparedFile['change'], LucideIcon> = {
  added: Plus,
  removed: Minus,
  changed: PencilLine,
  renamed: MoveRight,
  unchanged: Equal,
}

export function ChangeIcon({ change }: { change: Change }) {
  const Icon = CHANGE[change].icon
  return <Icon aria-hidden="true" className="size-3 shrink-0" strokeWidth={2.5} />
}

export function ChangeBadge({ change }: { change: Change }) {
  return (
    <span
      className={cx(
        'inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-chip border border-transparent px-1.5 align-middle font-medium text-meta',
        CHANGE[change].tone,
      )}
    >
      <ChangeIcon change={change} />
      {text.changes[change]}
    </span>
  )
}

export function FileChange({ change }: { change: ComparedFile['change'] }) {
  const Icon = FILE_ICON[change]
  return (
    <span className="inline-flex items-center gap-1.5 text-muted">
      <Icon aria-hidden="true" className="size-3.5 shrink-0" />
      {text.fileChanges[change]}
    </span>
  )
}
