import { Chip, Fact, Problem } from '@renderer/account/Form'
import { useAsked } from '@renderer/account/use-asked'
import { useAccount } from '@renderer/app/account'
import { Page, PageHeader } from '@renderer/app/page'
import { client } from '@renderer/app/rpc'
import { Button, buttonClass } from '@renderer/ui/Button'
import { Card, SectionCard } from '@renderer/ui/Card'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import type { AccountState } from '@shared/contract/account'
import { Link } from '@tanstack/react-router'
import { ConnectForm } from './ConnectForm'
import { LocalCard } from './LocalCard'
import { text } from './messages'

export function ConnectionPage() {
  const state = useAccount()
  return (
    <Page narrow>
      <PageHeader
        title={text.title}
        actions={
          <Link to="/account" className={buttonClass('secondary')}>
            {text.toAccount}
          </Link>
        }
      />
      <p className="max-w-[80ch] text-muted">{text.about}</p>
      {state === null ? (
        <Card>
          <SkeletonRows rows={6} />
        </Card>
      ) : (
        <>
          <Now state={state} />
          {state.kind === 'local' && <LocalCard state={state} />}
          <ConnectForm state={state} />
          <Leaves hosted={state.kind === 'hosted'} />
        </>
      )}
    </Page>
  )
}

function Now({ state }: { state: AccountState }) {
  const { ask, busy, problem } = useAsked()
  const start = {
    idle: state.kind === 'local' ? text.now.start : text.now.connect,
    connecting: null,
    connected: null,
    failed: text.now.retry,
  }[state.link]
  return (
    <SectionCard
      title={text.now.title}
      aside={
        start !== null && (
          <Button
            size="small"
            disabled={busy}
            onClick={() => void ask(() => client.account.open())}
          >
            {start}
          </Button>
        )
      }
    >
      <dl>
        <Fact term={state.kind === 'local' ? text.now.local : text.now.hosted}>
          <span className="flex flex-wrap items-center gap-2">
            {state.url === null ? (
              text.now.localBody
            ) : (
              <span translate="no" className="font-mono text-code select-text">
                {state.url}
              </span>
            )}
          </span>
        </Fact>
        <Fact term={text.now.answered}>
          <span role="status" className="inline-flex flex-wrap items-center gap-2">
            <Chip>{text.now.links[state.link]}</Chip>
            {state.answeredAt !== null && <RelativeTime date={state.answeredAt} />}
          </span>
        </Fact>
      </dl>
      {(state.problem ?? problem) !== null && (
        <div className="border-line border-t px-3 py-2">
          <Problem>{state.problem ?? problem}</Problem>
        </div>
      )}
      {state.fixed && <p className="border-line border-t px-3 py-2">{text.now.fixed}</p>}
      {state.kind === 'hosted' && !state.fixed && (
        <div className="flex flex-wrap items-center gap-3 border-line border-t px-3 py-2">
          <Button disabled={busy} onClick={() => void ask(() => client.account.connectLocal())}>
            {text.now.useLocal}
          </Button>
          <span className="text-muted">{text.now.useLocalNote}</span>
        </div>
      )}
    </SectionCard>
  )
}

function Leaves({ hosted }: { hosted: boolean }) {
  const { items } = text.leaves
  return (
    <SectionCard title={text.leaves.title}>
      <div className="flex max-w-[80ch] flex-col gap-2 p-3">
        {!hosted && <p>{text.leaves.local}</p>}
        <p>{text.leaves.intro}</p>
        <ul className="list-disc pl-5">
          {Object.entries(items).map(([name, item]) => (
            <li key={name}>{item}</li>
          ))}
        </ul>
        <p>{text.leaves.never}</p>
      </div>
    </SectionCard>
  )
}
