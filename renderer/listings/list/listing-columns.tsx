import { EvidenceChip } from '@renderer/benchmark/EvidenceChip'
import { Tag } from '@renderer/benchmark/Tag'
import type { DataColumn } from '@renderer/ui/data-table/columns'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import { VerdictBadge } from '@renderer/ui/VerdictBadge'
import type { ListingQuery, ListingRow } from '@shared/backend/listings'
import type { Verdict } from '@shared/scan-report/report'
import { VERDICTS } from '@shared/scan-report/scales'
import { text as shared } from '../shown/messages'
import { formatPrice } from '../shown/price'
import { Chip, SampleTag, StateChip } from '../shown/StateChip'
import { gapsOf } from './gaps'
import { text } from './messages'

/** The server orders; a page that sorts what it has loaded would mislead. */
export function listingColumns(scope: ListingQuery['scope']): DataColumn<ListingRow>[] {
  const ofMany = scope !== 'mine'
  const columns: (DataColumn<ListingRow> | null)[] = [
    {
      id: 'name',
      header: text.columns.name,
      track: 'minmax(180px,1.6fr)',
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium" title={row.summary || row.name} translate="no">
            {row.name}
          </span>
          <SampleTag of={row.seller} />
        </span>
      ),
    },
    ofMany
      ? {
          id: 'seller',
          header: text.columns.seller,
          track: 'minmax(96px,.7fr)',
          cell: ({ seller }) => (
            <span className="text-muted" title={`@${seller.handle}`} translate="no">
              {seller.displayName || seller.handle}
            </span>
          ),
          from: 760,
        }
      : null,
    // What is published has one state.
    scope === 'published'
      ? null
      : {
          id: 'state',
          header: text.columns.state,
          track: '150px',
          cell: ({ state, appealed }) => (
            <span className="flex items-center gap-1.5">
              <StateChip state={state} />
              {appealed && <Tag title={text.appealedWhy}>{text.appealed}</Tag>}
            </span>
          ),
        },
    {
      id: 'version',
      header: text.columns.version,
      track: '88px',
      cell: ({ version, format }) => (
        <span className="text-muted tabular-nums" title={format ?? ''} translate="no">
          {version ?? shared.none}
        </span>
      ),
      from: scope === 'published' ? 880 : 1100,
    },
    {
      id: 'price',
      header: text.columns.price,
      track: ofMany ? 'minmax(88px,.8fr)' : '96px',
      cell: ({ price }) => (
        <span className={price === null ? 'text-muted' : 'tabular-nums'} title={formatPrice(price)}>
          {formatPrice(price)}
        </span>
      ),
      from: 620,
    },
    {
      id: 'scan',
      header: text.columns.scan,
      track: '196px',
      cell: ({ scan }) => {
        if (scan === null) return <span className="text-muted">{text.noScan}</span>
        const verdict = verdictOf(scan.verdict)
        return (
          <span className="flex items-center gap-1.5">
            {verdict ? <VerdictBadge verdict={verdict} /> : scan.verdict}
            <EvidenceChip evidence={scan.level} />
          </span>
        )
      },
      from: 700,
    },
    {
      id: 'benchmark',
      header: text.columns.benchmark,
      track: '108px',
      cell: ({ benchmark }) =>
        benchmark === 'measured' ? (
          <Chip tone="ok">{text.benchmark.measured}</Chip>
        ) : benchmark === 'unmeasured' ? (
          <Chip tone="quiet" title={text.unmeasuredWhy}>
            {text.benchmark.unmeasured}
          </Chip>
        ) : (
          <span className="text-muted">{text.benchmark.missing}</span>
        ),
      from: 960,
    },
    ofMany
      ? null
      : {
          id: 'gaps',
          header: text.columns.gaps,
          track: 'minmax(120px,3fr)',
          cell: (row) => <Gaps row={row} />,
          from: 960,
        },
    {
      id: 'updated',
      header: text.columns.updated,
      track: '118px',
      align: 'end',
      cell: ({ updatedAt }) => <RelativeTime date={new Date(updatedAt)} className="text-muted" />,
      from: 520,
    },
  ]
  return columns.filter((column) => column !== null)
}

function Gaps({ row }: { row: ListingRow }) {
  if (row.state !== 'draft') return <span className="text-muted">{shared.none}</span>
  const gaps = gapsOf(row).map((gap) => text.gaps[gap])
  const says = gaps.length === 0 ? text.toCheck : text.missing(gaps)
  return (
    <span className={gaps.length === 0 ? 'text-ok' : 'text-muted'} title={says}>
      {says}
    </span>
  )
}

export const verdictOf = (word: string): Verdict | undefined =>
  VERDICTS.find((verdict) => verdict === word)
