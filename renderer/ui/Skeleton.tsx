import { cx } from './cx'
import { text } from './messages'

/** A bar where text will be. Give it the size of what it stands for, so that nothing jumps. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx('block h-3 animate-pulse rounded-chip bg-line', className)}
    />
  )
}

/** Rows of a list that is on its way. Says so once to screen readers. */
export function SkeletonRows({ rows, className }: { rows: number; className?: string }) {
  return (
    <div role="status" className={className}>
      <span className="sr-only">{text.loading}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: identical placeholders have no identity
          key={row}
          className="flex h-row items-center gap-6 border-b border-line px-3 last:border-0"
        >
          <Skeleton className={row % 2 === 0 ? 'w-1/3' : 'w-1/4'} />
          <Skeleton className="w-16" />
          <Skeleton className="ml-auto w-20" />
        </div>
      ))}
    </div>
  )
}
