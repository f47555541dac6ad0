import { formatDateTime } from '@renderer/app/intl'
import type { Listing } from '@shared/backend/listings'
import { ShieldAlert } from 'lucide-react'
import { text } from './messages'

/** Why nobody else sees the listing now. */
export function RestrictionNotice({ listing: { restriction, appeals } }: { listing: Listing }) {
  if (restriction === null) return null
  const { restricted } = text
  const until =
    restriction.until === null ? restricted.forever : formatDateTime(new Date(restriction.until))
  return (
    <section
      aria-label={restricted.title}
      className="flex gap-2 rounded-card border border-sev-medium bg-sev-medium-tint px-3 py-2 text-sev-medium-text"
    >
      <ShieldAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">
        <p className="font-semibold">{restricted.title}</p>
        <p className="wrap-anywhere" translate="no">
          {restriction.policy}: {restriction.reason}
        </p>
        <p>
          {restricted.since} {formatDateTime(new Date(restriction.at))}, {until}.{' '}
          {appeals.some(({ state }) => state === 'open') && restricted.appealed}
        </p>
      </div>
    </section>
  )
}
