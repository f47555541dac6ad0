import { formatBytes, formatDateTime } from '@renderer/app/intl'
import { Table } from '@renderer/benchmark/Table'
import { SectionCard } from '@renderer/ui/Card'
import { cx } from '@renderer/ui/cx'
import type { Listing, ModelVersion } from '@shared/backend/listings'
import { text as shared } from '../../listings/shown/messages'
import { formatPrice } from '../../listings/shown/price'
import { text } from '../compare-messages'
import { text as model } from '../messages'

interface Sides {
  from: ModelVersion
  to: ModelVersion
}

const { rows } = text.about
const ROWS: readonly { what: string; data?: true; of: (version: ModelVersion) => string }[] = [
  { what: rows.state, of: ({ state }) => shared.versionStates[state] },
  { what: rows.format, data: true, of: ({ format }) => format || text.none },
  { what: rows.size, of: ({ bytes }) => formatBytes(bytes) },
  { what: rows.files, of: ({ files }) => model.count(files.length) },
  { what: rows.source, of: ({ source }) => model.versions.sources[source.kind] },
  { what: rows.unmeasured, data: true, of: ({ unmeasured }) => unmeasured ?? text.none },
  { what: rows.notes, data: true, of: ({ notes }) => notes || text.none },
  { what: rows.added, of: ({ createdAt }) => formatDateTime(new Date(createdAt)) },
]

/** What the two say about themselves; what differs stands out. */
export function ComparedVersions({ from, to }: Sides) {
  const cell = (row: (typeof ROWS)[number], version: ModelVersion) => (
    <span
      translate={row.data ? 'no' : undefined}
      title={row.of(version)}
      className={cx(
        'block min-w-[10ch] max-w-[32ch] whitespace-normal wrap-anywhere',
        row.of(from) === row.of(to) ? 'text-muted' : 'font-medium',
      )}
    >
      {row.of(version)}
    </span>
  )
  return (
    <SectionCard title={text.about.title}>
      <Table
        label={text.about.title}
        rows={ROWS}
        rowKey={({ what }) => what}
        columns={[
          { header: text.about.columns.what, cell: ({ what }) => what },
          { header: from.number, cell: (row) => cell(row, from) },
          { header: to.number, cell: (row) => cell(row, to) },
        ]}
      />
    </SectionCard>
  )
}

interface PriceChangesProps extends Sides {
  prices: Listing['prices']
}

/** Prices that were set between the two versions; the card itself keeps no history. */
export function PriceChanges({ prices, from, to }: PriceChangesProps) {
  const words = text.card
  const [start, end] = [from.createdAt, to.createdAt].sort()
  const ordered = prices.toSorted((a, b) => (a.at < b.at ? -1 : 1))
  const changes = ordered.flatMap(({ price, at }, place) => {
    if (start === undefined || end === undefined || at <= start || at > end) return []
    const before = ordered[place - 1]
    return [
      {
        at,
        says: before
          ? words.step(formatPrice(before.price), formatPrice(price))
          : words.first(formatPrice(price)),
      },
    ]
  })
  return (
    <SectionCard
      title={words.title}
      aside={<span className="truncate text-faint text-small">{words.why}</span>}
    >
      {changes.length === 0 ? (
        <p className="px-3 py-2 text-muted">{words.none}</p>
      ) : (
        <Table
          label={words.title}
          rows={changes}
          rowKey={({ at }) => at}
          columns={[
            { header: words.columns.when, cell: ({ at }) => formatDateTime(new Date(at)) },
            { header: words.columns.price, cell: ({ says }) => says },
          ]}
        />
      )}
    </SectionCard>
  )
}
