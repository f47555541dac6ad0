import { formatPercent } from '@renderer/app/intl'
import type { DataColumn } from '@renderer/ui/data-table/columns'
import { SeverityBadge } from '@renderer/ui/SeverityBadge'
import { STATES, stateOf } from './dispositions'
import { briefLocationOf, type FindingRow, locationOf, pinOf } from './findings'
import { text } from './messages'
import { Place } from './Place'
import type { FindingColumn } from './report-search'
import { StateChip } from './StateChip'

type Column = DataColumn<FindingRow> & { id: FindingColumn }

/** Plain code unit order: collation of 10,000 paths would cost a long task. */
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

export const findingColumns: readonly Column[] = [
  {
    id: 'severity',
    header: text.columns.severity,
    track: '100px',
    compare: (a, b) => b.rank - a.rank,
    descendingFirst: true,
    cell: ({ finding }) => <SeverityBadge severity={finding.severity} />,
  },
  {
    id: 'title',
    header: text.columns.title,
    track: 'minmax(0,6fr)',
    compare: (a, b) => byText(a.finding.title, b.finding.title),
    cell: ({ finding, disposition }) => (
      <span
        title={finding.title}
        className={disposition === null ? undefined : 'text-muted'}
        translate="no"
      >
        {finding.title}
      </span>
    ),
  },
  {
    id: 'place',
    header: text.columns.place,
    track: 'minmax(0,4fr)',
    compare: (a, b) =>
      byText(a.file.path, b.file.path) ||
      byText(a.finding.location.member ?? '', b.finding.location.member ?? ''),
    cell: ({ file, finding }) => (
      <Place
        path={file.path}
        member={finding.location.member}
        at={<span className="@min-[740px]/list:hidden">{pinOf(finding)}</span>}
      />
    ),
  },
  {
    id: 'location',
    header: text.columns.location,
    // Room for 'line 1,234' and for an offset of a file of 4 GB; an opcode is told by the detail.
    track: '96px',
    compare: (a, b) => byteOrLine(a) - byteOrLine(b),
    cell: ({ finding }) => {
      const whole = locationOf(finding, text.detail.lineNumber)
      return (
        <code className="text-muted" title={whole} translate="no">
          {briefLocationOf(finding, text.detail.lineNumber)}
        </code>
      )
    },
    // Below it, the column of files ends in ':12'.
    from: 740,
  },
  {
    id: 'confidence',
    header: text.columns.confidence,
    track: '72px',
    align: 'end',
    compare: (a, b) => a.finding.confidence - b.finding.confidence,
    descendingFirst: true,
    cell: ({ finding }) => <span className="text-muted">{formatPercent(finding.confidence)}</span>,
    from: 840,
  },
  {
    id: 'state',
    header: text.columns.state,
    track: '124px',
    compare: (a, b) => stateRank(a) - stateRank(b),
    cell: ({ disposition }) => (
      <StateChip state={stateOf(disposition)} title={disposition?.reason} />
    ),
    from: 620,
  },
]

const stateRank = ({ disposition }: FindingRow) => STATES.indexOf(stateOf(disposition))

function byteOrLine({ finding: { location } }: FindingRow): number {
  return location.offset ?? location.line ?? -1
}
