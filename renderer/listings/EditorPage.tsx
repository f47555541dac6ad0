import { isDefinedError } from '@orpc/client'
import { Page, PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { buttonClass } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Editing } from './editor/Editing'
import { readKept } from './editor/kept-draft'
import { text } from './editor/messages'
import { Unanswered } from './shown/Unanswered'
import { useMe } from './shown/use-me'

/** A listing of one's own: its card, its versions, and what publishing needs. */
export function EditorPage() {
  const { listingId } = useParams({ strict: false })
  // Whoever's session ended goes on typing; somebody else does not find what they typed.
  const me = useMe()?.id ?? null
  const [person, setPerson] = useState(me)
  if (me !== null && me !== person) setPerson(me)
  return listingId === undefined ? (
    <NewListing key={person} person={person} />
  ) : (
    <Existing key={listingId} id={listingId} />
  )
}

function NewListing({ person }: { person: string | null }) {
  // Its id is chosen here and kept with the draft: sent twice, it is one listing.
  const [id] = useState(() => readKept({ next: person })?.listingId ?? crypto.randomUUID())
  return <Editing listing={null} listingId={id} keptAs={{ next: person }} />
}

function Existing({ id }: { id: string }) {
  const query = useQuery(orpc.listings.get.queryOptions({ input: { listingId: id } }))
  if (query.data?.can.edit)
    return <Editing listing={query.data} listingId={id} keptAs={{ listingId: id }} />
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
        ) : (
          <Unanswered query={query} rows={12} />
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
