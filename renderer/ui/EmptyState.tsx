import type { ReactNode } from 'react'
import { cx } from './cx'

export interface EmptyStateProps {
  icon?: ReactNode
  title: string
  body?: ReactNode
  /** What to do about it; for a filtered list, "Clear filters". */
  action?: ReactNode
  className?: string
}

export function EmptyState({ icon, title, body, action, className }: EmptyStateProps) {
  return (
    <div className={cx('flex flex-col items-center gap-2 px-6 py-10 text-center', className)}>
      {icon && <span className="mb-1 text-faint [&>svg]:size-6">{icon}</span>}
      <p className="text-section font-semibold">{title}</p>
      {body && <p className="max-w-[52ch] text-muted">{body}</p>}
      {action && (
        <div className="mt-2 flex flex-wrap items-center justify-center gap-2">{action}</div>
      )}
    </div>
  )
}
