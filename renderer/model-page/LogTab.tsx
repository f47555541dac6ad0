import { orpc } from '@renderer/app/rpc'
import { Table } from '@renderer/benchmark/Table'
import { Button } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import type { AuditEvent } from '@shared/backend/operations'
import { useInfiniteQuery } from '@tanstack/react-query'
import { refusalOf } from '../listings/shown/refusal'
import { Unanswered } from '../listings/shown/Unanswered'
import { text } from './messages'

/** What was done with the listing and by whom, as far as the reader may see it. */
export function LogTab({ listingId }: { listingId: string }) {
  const words = text.log
  const query = useInfiniteQuery(
    orpc.listings.audit.infiniteOptions({
      input: (after: string | null) => ({ listingId, after }),
      initialPageParam: null,
      getNextPageParam: ({ next }) => next,
    }),
  )
  const rows = query.data?.pages.flatMap((page) => page.rows)
  return (
    <SectionCard title={words.list}>
      {rows ? (
        rows.length === 0 ? (
          <p className="px-3 py-2 text-muted">{words.none}</p>
        ) : (
          <Table<AuditEvent>
            label={words.list}
            rows={rows}
            rowKey={({ id }) => id}
            columns={[
              {
                header: words.columns.when,
                cell: ({ at }) => <RelativeTime date={new Date(at)} />,
              },
              {
                header: words.columns.who,
                cell: ({ actor }) =>
                  actor ? (
                    <span translate="no">@{actor.handle}</span>
                  ) : (
                    <span className="text-muted">{words.system}</span>
                  ),
              },
              {
                header: words.columns.what,
                cell: ({ kind }) => (
                  <span className="font-mono text-code" translate="no">
                    {kind}
                  </span>
                ),
              },
              {
                header: words.columns.detail,
                cell: ({ body }) => {
                  const says = detailOf(body)
                  return (
                    <span
                      className="block max-w-[60ch] truncate text-muted"
                      title={says}
                      translate="no"
                    >
                      {says}
                    </span>
                  )
                },
              },
            ]}
          />
        )
      ) : refusalOf(query.error) === 'permission_required' ? (
        <p className="px-3 py-2 text-muted">{words.hidden}</p>
      ) : (
        <Unanswered query={query} rows={6} />
      )}
      {query.hasNextPage && (
        <div className="border-line border-t p-1">
          <Button
            size="small"
            variant="link"
            disabled={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {query.isFetchingNextPage ? words.loading : words.more}
          </Button>
        </div>
      )}
    </SectionCard>
  )
}

/** 'reason: …, policy: …'; ids and nested parts say nothing in a line. */
const detailOf = (body: AuditEvent['body']): string =>
  Object.entries(body)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')
