import { formatNumber } from '@renderer/app/intl'
import { SeverityBadge } from '@renderer/ui/SeverityBadge'
import type { PolicyStamp } from '@shared/scan-report/policy-stamp'
import { ArrowRight } from 'lucide-react'
import { DetailList } from './DetailList'
import { visible } from './evidence'
import { Place } from './Place'
import type { PolicyEffect } from './policy-effect'
import { text } from './policy-messages'

/** Beyond this a list is for the exports, not for a card. */
const SHOWN = 100

export function PolicyDetails({ policy, effect }: { policy: PolicyStamp; effect: PolicyEffect }) {
  const { changed, changedFindings, ignored } = effect
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by key
    <div className="mt-2 flex max-h-96 w-96 max-w-full flex-col gap-3 overflow-y-auto" tabIndex={0}>
      <DetailList
        items={[
          [text.profile, policy.profile],
          [text.digest, <code key="digest">{policy.digest}</code>],
        ]}
      />
      {changed.length + ignored.length === 0 && <p className="text-muted">{text.nothing}</p>}
      {changed.length > 0 && (
        <section>
          <h3 className="mb-1 font-semibold">{text.changed(changedFindings)}</h3>
          <ul className="flex flex-col gap-1">
            {changed.slice(0, SHOWN).map((entry) => (
              <li
                key={`${entry.ruleId} ${entry.from} ${entry.to}`}
                className="flex items-center gap-2"
              >
                <code className="min-w-0 flex-1 truncate" translate="no">
                  {entry.ruleId}
                </code>
                <SeverityBadge severity={entry.from} />
                <ArrowRight aria-hidden="true" className="size-3.5 text-muted" />
                <SeverityBadge severity={entry.to} />
                <span className="w-8 text-end text-muted">{formatNumber(entry.findings)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {ignored.length > 0 && (
        <section>
          <h3 className="mb-1 font-semibold">{text.ignored(ignored.length)}</h3>
          <ul className="flex flex-col gap-2">
            {ignored.slice(0, SHOWN).map(({ file, entry }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
              <li key={index} className="border-line border-t pt-1.5">
                <p className="flex items-center gap-2">
                  <SeverityBadge severity={entry.finding.severity} />
                  <span className="min-w-0 truncate" translate="no">
                    {entry.finding.title}
                  </span>
                </p>
                <p className="truncate">
                  <Place path={file.path} member={entry.finding.location.member} />
                </p>
                <p className="text-muted text-small">
                  <span translate="no">{visible(entry.reason)}</span>
                  {entry.expires && `, ${text.until(entry.expires)}`}
                </p>
              </li>
            ))}
          </ul>
          {ignored.length > SHOWN && (
            <p className="mt-1 text-muted">{text.more(ignored.length - SHOWN)}</p>
          )}
        </section>
      )}
    </div>
  )
}
