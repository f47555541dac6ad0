import { Page, PageHeader } from '@renderer/app/page'
import { buttonClass } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { Link } from '@tanstack/react-router'
import { CircleSlash, CircleX, ShieldAlert } from 'lucide-react'
import { text } from './messages'
import type { RunEnd } from './watch-state'

type Unhappy = Exclude<RunEnd, { type: 'done' }>

/** A run that ended without a result: why, and the ways on. */
export function Ended({ title, end }: { title: string; end: Unhappy | 'gone' }) {
  const ways = (
    <>
      <Link to="/benchmarks/run" search={{}} className={buttonClass()}>
        {text.ended.again}
      </Link>
      <Link to="/benchmarks" search={{}} className={buttonClass('ghost')}>
        {text.ended.results}
      </Link>
    </>
  )
  return (
    <Page>
      <PageHeader title={title} data={title !== text.title} />
      <Card role={end !== 'gone' && end.type === 'failed' ? 'alert' : 'status'}>
        <Reason end={end} ways={ways} />
      </Card>
    </Page>
  )
}

function Reason({ end, ways }: { end: Unhappy | 'gone'; ways: React.ReactNode }) {
  if (end === 'gone')
    return (
      <EmptyState
        icon={<CircleSlash aria-hidden="true" />}
        title={text.ended.gone}
        body={text.ended.goneBody}
        action={ways}
      />
    )
  if (end.type === 'cancelled')
    return (
      <EmptyState
        icon={<CircleSlash aria-hidden="true" />}
        title={text.ended.cancelled}
        body={text.ended.cancelledBody}
        action={ways}
      />
    )
  if (end.type === 'failed')
    return (
      <EmptyState
        icon={<CircleX aria-hidden="true" />}
        title={text.ended.failed}
        body={<span translate="no">{end.message}</span>}
        action={ways}
      />
    )
  return (
    <EmptyState
      icon={<ShieldAlert aria-hidden="true" />}
      title={text.ended.refused}
      body={<span translate="no">{end.message}</span>}
      action={
        <>
          {end.reportId !== null && (
            <Link
              to="/scan/report/$reportId"
              params={{ reportId: end.reportId }}
              search={{}}
              className={buttonClass('primary')}
            >
              {text.ended.openReport}
            </Link>
          )}
          <Link
            to="/benchmarks/run"
            search={{ path: end.path, override: true }}
            className={buttonClass()}
          >
            {text.ended.override}
          </Link>
          {ways}
        </>
      }
    />
  )
}
