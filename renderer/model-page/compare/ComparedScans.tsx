import { formatDateTime } from '@renderer/app/intl'
import { orpc } from '@renderer/app/rpc'
import { EvidenceChip } from '@renderer/benchmark/EvidenceChip'
import { Table } from '@renderer/benchmark/Table'
import { SectionCard } from '@renderer/ui/Card'
import { GradeTile } from '@renderer/ui/GradeTile'
import { VerdictBadge } from '@renderer/ui/VerdictBadge'
import type { Listing, ModelVersion, StoredReport } from '@shared/backend/listings'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { verdictOf } from '../../listings/list/listing-columns'
import { text } from '../compare-messages'
import { gradeOf } from '../figures'

interface ComparedScansProps {
  listing: Listing
  from: ModelVersion
  to: ModelVersion
}

interface Row {
  what: string
  show: (report: StoredReport) => ReactNode
  change?: (before: StoredReport, after: StoredReport) => string
}

const ROWS: readonly Row[] = [
  {
    what: text.scans.rows.verdict,
    show: ({ verdict }) => {
      const known = verdictOf(verdict)
      return known ? <VerdictBadge verdict={known} /> : <span translate="no">{verdict}</span>
    },
  },
  {
    what: text.scans.rows.grade,
    show: ({ grade }) => {
      const known = gradeOf(grade)
      return known ? <GradeTile grade={known} size="small" /> : <span translate="no">{grade}</span>
    },
  },
  {
    what: text.scans.rows.findings,
    show: ({ findings }) => findings,
    change: (before, after) => text.change(after.findings - before.findings),
  },
  {
    what: text.scans.rows.level,
    show: ({ level }) => <EvidenceChip evidence={level} />,
  },
  {
    what: text.scans.rows.rules,
    show: ({ rulesVersion }) => <span translate="no">{rulesVersion}</span>,
  },
  {
    what: text.scans.rows.scanned,
    show: ({ scannedAt }) => formatDateTime(new Date(scannedAt)),
  },
]

/** Verdict and findings of the two; one by one they are compared where both were scanned here. */
export function ComparedScans({ listing, from, to }: ComparedScansProps) {
  const words = text.scans
  const [before, after] = [newestOf(listing, from), newestOf(listing, to)]
  const otherRules = before && after && before.rulesVersion !== after.rulesVersion
  return (
    <SectionCard
      title={words.title}
      aside={<span className="truncate text-faint text-small">{words.why}</span>}
    >
      <Table
        label={words.title}
        rows={ROWS}
        rowKey={({ what }) => what}
        columns={[
          { header: words.columns.what, cell: ({ what }) => what },
          { header: from.number, cell: ({ show }) => shown(before, show) },
          { header: to.number, cell: ({ show }) => shown(after, show) },
          {
            header: words.columns.change,
            align: 'end',
            cell: ({ change }) => (change && before && after ? change(before, after) : <None />),
          },
        ]}
      />
      <div className="flex flex-wrap gap-x-4 gap-y-1 border-line border-t px-3 py-2 text-muted">
        {otherRules && <span>{words.otherRules}</span>}
        <OneByOne listing={listing} from={from} to={to} />
      </div>
    </SectionCard>
  )
}

function OneByOne({ listing, from, to }: ComparedScansProps) {
  const { data } = useQuery(orpc.listings.local.queryOptions({ input: { listingId: listing.id } }))
  const local = (version: ModelVersion) =>
    data?.reports.find(({ versionId }) => versionId === version.id)?.report.id
  const [before, after] = [local(from), local(to)]
  if (!before || !after) return <span>{text.scans.localNone}</span>
  return (
    <Link
      to="/compare/$reportId"
      params={{ reportId: after }}
      search={{ with: before }}
      className="text-accent hover:underline"
    >
      {text.scans.local}
    </Link>
  )
}

const newestOf = ({ reports }: Listing, { id }: ModelVersion): StoredReport | undefined =>
  reports
    .filter(({ versionId }) => versionId === id)
    .toSorted((a, b) => (a.scannedAt < b.scannedAt ? 1 : -1))[0]

const shown = (report: StoredReport | undefined, show: Row['show']) =>
  report ? show(report) : <span className="text-muted">{text.scans.none}</span>

function None() {
  return <span className="text-muted">{text.none}</span>
}
