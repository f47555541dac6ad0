import { lazyComponent } from '@renderer/ui/lazy-component'
import { Popover } from '@renderer/ui/Popover'
import type { ScanReport } from '@shared/scan-report/report'
import { Scale } from 'lucide-react'
import { useMemo } from 'react'
import { text } from './messages'
import { policyEffect } from './policy-effect'

const PolicyDetails = lazyComponent(async () => (await import('./PolicyDetails')).PolicyDetails)

/** Under which policy the report was judged, and behind it what the policy changed. */
export function PolicyBadge({ report }: { report: ScanReport }) {
  const effect = useMemo(() => policyEffect(report), [report])
  const { policy } = report
  // Reports older than policies were judged by the rules alone.
  if (policy === undefined) return null
  const { changedFindings, ignored } = effect
  return (
    <Popover
      title={text.policy(policy.name)}
      trigger={
        <button
          type="button"
          className="inline-flex h-6 items-center gap-1.5 rounded-chip px-1.5 text-muted hover:bg-sunken hover:text-text"
          onFocus={() => void PolicyDetails.preload()}
          onPointerEnter={() => void PolicyDetails.preload()}
        >
          <Scale aria-hidden="true" className="size-3.5" />
          <span>{text.policy(policy.name)}</span>
          {changedFindings + ignored.length > 0 && (
            <span className="font-medium text-text">
              {text.policyCounts(changedFindings, ignored.length)}
            </span>
          )}
        </button>
      }
    >
      <PolicyDetails policy={policy} effect={effect} />
    </Popover>
  )
}
