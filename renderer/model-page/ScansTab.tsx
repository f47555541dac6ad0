import { orpc } from '@renderer/app/rpc'
import { EvidenceChip } from '@renderer/benchmark/EvidenceChip'
import { Table } from '@renderer/benchmark/Table'
import { Button } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import { GradeTile } from '@renderer/ui/GradeTile'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import { VerdictBadge } from '@renderer/ui/VerdictBadge'
import type { Listing } from '@shared/backend/listings'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { verdictOf } from '../listings/list/listing-columns'
import { text as shared } from '../listings/shown/messages'
import { gradeOf } from './figures'
import type { Deed } from './ModelDeed'
import { text } from './messages'

interface ScansTabProps {
  listing: Listing
  /** Staff, about somebody else's listing. */
  onDeed?: (deed: Deed) => void
}

export function ScansTab({ listing, onDeed }: ScansTabProps) {
  const words = text.scans
  const { columns } = words
  const numberOf = versionNames(listing)
  const { data: local } = useQuery(
    orpc.listings.local.queryOptions({ input: { listingId: listing.id } }),
  )
  const reports = listing.reports.toSorted((a, b) => (a.scannedAt < b.scannedAt ? 1 : -1))
  return (
    <div className="flex flex-col gap-3">
      <SectionCard title={words.list}>
        {reports.length === 0 ? (
          <p className="px-3 py-2 text-muted">{words.none}</p>
        ) : (
          <Table
            label={words.list}
            rows={reports}
            rowKey={({ id }) => id}
            columns={[
              { header: columns.version, cell: ({ versionId }) => numberOf(versionId) },
              { header: columns.verdict, cell: ({ verdict }) => <Verdict word={verdict} /> },
              { header: columns.grade, cell: ({ grade }) => <Grade word={grade} /> },
              { header: columns.level, cell: ({ level }) => <EvidenceChip evidence={level} /> },
              {
                header: columns.findings,
                align: 'end',
                cell: ({ findings }) => text.count(findings),
              },
              {
                header: columns.status,
                cell: ({ status }) =>
                  status === 'complete' ? words.complete : <span translate="no">{status}</span>,
              },
              {
                header: columns.rules,
                cell: ({ rulesVersion, scannerVersion }) => (
                  <span className="text-muted" title={scannerVersion ?? ''} translate="no">
                    {rulesVersion}
                  </span>
                ),
              },
              {
                header: columns.scanned,
                cell: ({ scannedAt }) => (
                  <RelativeTime date={new Date(scannedAt)} className="text-muted" />
                ),
              },
              ...(onDeed
                ? [
                    {
                      header: columns.act,
                      cell: ({ id }: Listing['reports'][number]) => (
                        <Button
                          size="small"
                          variant="link"
                          onClick={() => onDeed({ kind: 'attest', subject: 'report', id })}
                        >
                          {words.attest}
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </SectionCard>
      <SectionCard
        title={words.local}
        aside={<span className="truncate text-faint text-small">{words.localWhy}</span>}
      >
        {!local || local.reports.length === 0 ? (
          <p className="px-3 py-2 text-muted">{words.noneLocal}</p>
        ) : (
          <Table
            label={words.local}
            rows={local.reports}
            rowKey={({ report }) => report.id}
            columns={[
              { header: columns.version, cell: ({ versionId }) => numberOf(versionId) },
              {
                header: columns.report,
                cell: ({ report }) => (
                  <Link
                    to="/scan/report/$reportId"
                    params={{ reportId: report.id }}
                    search={{}}
                    translate="no"
                    className="font-medium hover:underline"
                  >
                    {report.name}
                  </Link>
                ),
              },
              {
                header: columns.verdict,
                cell: ({ report }) => <VerdictBadge verdict={report.verdict} />,
              },
              {
                header: columns.grade,
                cell: ({ report }) => <GradeTile grade={report.grade} size="small" />,
              },
              {
                header: columns.level,
                cell: () => <EvidenceChip evidence="self-reported" />,
              },
              {
                header: columns.scanned,
                cell: ({ report }) => (
                  <RelativeTime date={report.startedAt} className="text-muted" />
                ),
              },
            ]}
          />
        )}
      </SectionCard>
    </div>
  )
}

/** Number of a version by its id. */
export function versionNames({ versions }: Listing) {
  const numbers = new Map(versions.map(({ id, number }) => [id, number]))
  return (id: string) => <span translate="no">{numbers.get(id) ?? shared.none}</span>
}

function Verdict({ word }: { word: string }) {
  const verdict = verdictOf(word)
  return verdict ? <VerdictBadge verdict={verdict} /> : <span translate="no">{word}</span>
}

function Grade({ word }: { word: string }) {
  const grade = gradeOf(word)
  return grade ? <GradeTile grade={grade} size="small" /> : <span translate="no">{word}</span>
}
