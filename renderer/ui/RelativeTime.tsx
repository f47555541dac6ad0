import { formatDateTime, formatRelative } from '../app/intl'
import { createStore, useStore } from '../app/store'

// One clock for all of them; a minute is as fine as they get.
const now = createStore(new Date())
if (typeof window !== 'undefined') setInterval(() => now.set(new Date()), 30_000)

/** '12 minutes ago', with the absolute time on hover. */
export function RelativeTime({ date, className }: { date: Date; className?: string }) {
  const at = useStore(now)
  return (
    <time dateTime={date.toISOString()} title={formatDateTime(date)} className={className}>
      {formatRelative(date, at < date ? date : at)}
    </time>
  )
}
