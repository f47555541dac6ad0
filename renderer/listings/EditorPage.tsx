import { isDefinedError } from '@orpc/client'
import { Page, PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { buttonClass } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Editing } from './editor/Editing'
import { readKept } from './editor/kept-draft'
import { text } from './editor/messages'
import { MarketError } from './shown/MarketError'

/** A listing of one's own: its card, its versions, and what publishing needs. */
export function EditorPage() {
  const { listingId } = useParams({ strict: false })
  return listingId === undefined ? <NewListing /> : <Existing key={listingId} id={listingId} />
}

function NewListing() {
  // Its id is chosen here and kept with the draft: sent twice, it is one listing.
  const [id] = useState(() => readKept(null)?.listingId ?? crypto.randomUUID())
  return <Editing listing={null} listingId={id} />
}

function Existing({ id }: { id: string }) {
  const query = useQuery(orpc.listings.get.queryOptions({ input: { listingId: id } }))
  if (query.data?.can.edit) return <Editing listing={query.data} listingId={id} />
  return (
    <Page>
      <PageHeader
        title={query.data?.card.name ?? text.title}
        data={query.data !== undefined}
        actions={<ToListings />}
      />
      <Card>
        {query.data !== undefined ? (
          <EmptyState
            title={text.notYours}
            body={text.notYoursBody}
            action={
              <Link
                to="/models/$listingId"
                params={{ listingId: id }}
                search={{}}
                className={buttonClass('primary')}
              >
                {text.view}
              </Link>
            }
          />
        ) : isGone(query.error) ? (
          <EmptyState title={text.notFound} body={text.notFoundBody} action={<ToListings />} />
        ) : query.error ? (
          <MarketError
            error={query.error}
            retrying={query.isFetching}
            onRetry={() => void query.refetch()}
          />
        ) : (
          <SkeletonRows rows={12} />
        )}
      </Card>
    </Page>
  )
}

/** Not there, or an address that is no id at all. */
function isGone(error: unknown): boolean {
  if (!(error instanceof Error) || !isDefinedError(error)) return false
  const { code, data } = error as { code: string; data?: { code?: string } }
  return code === 'BAD_REQUEST' || (code === 'BACKEND_REFUSED' && data?.code === 'not_found')
}

function ToListings() {
  return (
    <Link to="/listings" search={{}} className={buttonClass('secondary')}>
      {text.toListings}
    </Link>
  )
}
