import { formatBytes, formatDateTime } from '@renderer/app/intl'
import { isVersion, jobShare, useJobs } from '@renderer/app/jobs'
import { Button, buttonClass } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { Progress } from '@renderer/ui/Progress'
import { VerdictBadge } from '@renderer/ui/VerdictBadge'
import type { Listing, ModelVersion } from '@shared/backend/listings'
import type { Verdict } from '@shared/scan-report/report'
import { Link } from '@tanstack/react-router'
import { Package, Plus } from 'lucide-react'
import { text as shared } from '../messages'
import { VersionChip } from '../shown/StateChip'
import { text } from './versions-messages'

interface VersionsProps {
  listing: Pick<Listing, 'id' | 'versions' | 'reports' | 'state'>
  canEdit: boolean
  onWithdraw: (what: ModelVersion | 'listing') => void
}

/** Versions of a listing, newest first, and those that are on their way. */
export function Versions({ listing, canEdit, onWithdraw }: VersionsProps) {
  const versions = listing.versions.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
  // The last published one goes with its listing only.
  const published = versions.filter(({ state }) => state === 'published').length
  const under = (useJobs() ?? [])
    .filter(isVersion)
    .filter(
      ({ listingId, state }) =>
        listingId === listing.id && state !== 'done' && state !== 'cancelled',
    )
  const add = (
    <Link
      to="/listings/$listingId/add"
      params={{ listingId: listing.id }}
      search={{}}
      className={buttonClass('secondary', 'small')}
    >
      <Plus aria-hidden="true" className="size-3.5" />
      {text.add}
    </Link>
  )
  return (
    <SectionCard
      title={text.title}
      aside={
        canEdit && (
          <span className="flex items-center gap-2">
            {listing.state === 'published' && (
              <Button size="small" variant="danger" onClick={() => onWithdraw('listing')}>
                {text.withdrawListing}
              </Button>
            )}
            {add}
          </span>
        )
      }
    >
      {under.map((job) => (
        <div key={job.id} className="flex items-center gap-3 border-line border-b px-3 py-2">
          <Link
            to="/listings/adding/$jobId"
            params={{ jobId: job.id }}
            className="min-w-0 truncate font-medium hover:underline"
            translate="no"
          >
            {job.title}
          </Link>
          <span className="text-muted text-small">
            {job.state === 'running'
              ? text.stages[job.stage]
              : (job.message ?? text.jobStates[job.state])}
          </span>
          {job.state === 'running' && (
            <Progress label={job.title} value={jobShare(job)} className="ml-auto w-40" />
          )}
        </div>
      ))}
      {versions.length === 0 && under.length === 0 ? (
        <EmptyState
          icon={<Package aria-hidden="true" />}
          title={text.none}
          body={text.noneBody}
          action={canEdit && add}
        />
      ) : (
        <ul>
          {versions.map((version) => (
            <VersionRow
              key={version.id}
              version={version}
              report={
                listing.reports
                  .filter(({ versionId }) => versionId === version.id)
                  .toSorted((a, b) => b.scannedAt.localeCompare(a.scannedAt))[0]
              }
              onWithdraw={
                canEdit && version.state === 'published' && published > 1
                  ? () => onWithdraw(version)
                  : undefined
              }
            />
          ))}
        </ul>
      )}
    </SectionCard>
  )
}

interface VersionRowProps {
  version: ModelVersion
  report: Listing['reports'][number] | undefined
  onWithdraw: (() => void) | undefined
}

function VersionRow({ version, report, onWithdraw }: VersionRowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-3 py-2 last:border-0">
      <span className="font-medium" translate="no">
        {version.number}
      </span>
      <VersionChip state={version.state} />
      {report && <VerdictBadge verdict={report.verdict as Verdict} />}
      <span className="text-muted text-small">
        {text.about(
          shared.files(version.files.length),
          formatBytes(version.bytes),
          shared.sources[version.source.kind],
          formatDateTime(new Date(version.createdAt)),
        )}
      </span>
      {onWithdraw && (
        <Button
          size="small"
          variant="ghost"
          className="ml-auto"
          aria-label={text.withdrawNamed(version.number)}
          onClick={onWithdraw}
        >
          {text.withdraw}
        </Button>
      )}
    </li>
  )
}
