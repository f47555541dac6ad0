import { Page, PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { buttonClass } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import type { ReportId } from '@shared/contract/scan'
import { nextNumber } from '@shared/listings/next-number'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Unanswered } from './shown/Unanswered'
import { type AddSearch, parseAddSearch } from './version/add-search'
import { ChooseFiles } from './version/ChooseFiles'
import { text } from './version/messages'
import { Scanning } from './version/Scanning'
import { SendForm } from './version/SendForm'
import { SendScan } from './version/SendScan'

/** Files, their scan, and what leaves this computer: then the version goes on its way. */
export function AddVersionPage() {
  const { listingId = '' } = useParams({ strict: false })
  const search = parseAddSearch(useSearch({ strict: false }))
  const navigate = useNavigate()
  const listing = useQuery(orpc.listings.get.queryOptions({ input: { listingId } }))
  const version = listing.data?.versions.find(({ id }) => id === search.version)
  const go = (next: AddSearch) =>
    void navigate({
      to: '/listings/$listingId/add',
      params: { listingId },
      search: { ...next, ...(search.version && { version: search.version }) },
      replace: true,
    })
  const title = version ? text.titleScan(version.number) : text.title
  const back = (
    <Link
      to="/listings/$listingId/edit"
      params={{ listingId }}
      search={{}}
      className={buttonClass('secondary')}
    >
      {text.back}
    </Link>
  )
  if (listing.data === undefined)
    return (
      <Page narrow>
        <PageHeader title={title} actions={back} />
        <Card>
          <Unanswered query={listing} rows={6} />
        </Card>
      </Page>
    )
  const { card, versions } = listing.data
  const other = () => go({})
  return (
    <Page narrow>
      <PageHeader
        title={title}
        facts={
          <span className="truncate text-muted" translate="no">
            {card.name}
          </span>
        }
        actions={back}
      />
      {search.report !== undefined && version !== undefined ? (
        <SendScan
          version={version}
          reportId={search.report as ReportId}
          listingId={listingId}
          onOther={other}
        />
      ) : search.report !== undefined ? (
        <SendForm
          listingId={listingId}
          reportId={search.report as ReportId}
          suggested={nextNumber(versions.map(({ number }) => number))}
          taken={versions.map(({ number }) => number)}
          onOther={other}
        />
      ) : search.job !== undefined ? (
        <Scanning jobId={search.job} onDone={(report) => go({ report })} onOther={other} />
      ) : (
        <ChooseFiles
          again={version !== undefined}
          onJob={(job) => go({ job })}
          onReport={(report) => go({ report })}
        />
      )}
    </Page>
  )
}
