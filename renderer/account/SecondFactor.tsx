import { client, orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import { ErrorState } from '@renderer/ui/ErrorState'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import type { AccountState, Factor } from '@shared/contract/account'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Problem } from './Form'
import { text } from './messages'
import { ConfirmFactor, EnrolFactor } from './TotpDialogs'
import { useAsked } from './use-asked'

export function SecondFactor({ state }: { state: AccountState }) {
  const queries = useQueryClient()
  const query = useQuery(orpc.account.factors.queryOptions({ staleTime: 10_000 }))
  const [adding, setAdding] = useState(false)
  const [confirming, setConfirming] = useState<string | null>(null)
  const { ask, busy, problem } = useAsked()
  const inUse = query.data?.find(({ verified }) => verified)
  const remove = async ({ id }: Factor) => {
    const left = await ask(() => client.account.removeFactor({ id }))
    if (left !== undefined) queries.setQueryData(orpc.account.factors.queryKey(), left)
  }
  const done = () => {
    setAdding(false)
    setConfirming(null)
    void query.refetch()
  }
  return (
    <SectionCard
      title={text.factors.title}
      aside={
        <span className="flex gap-2">
          {inUse !== undefined && state.aal === 'aal1' && (
            <Button size="small" onClick={() => setConfirming(inUse.id)}>
              {text.factors.confirmNow}
            </Button>
          )}
          <Button size="small" onClick={() => setAdding(true)}>
            {text.factors.add}
          </Button>
        </span>
      }
    >
      {query.error ? (
        <ErrorState
          error={query.error}
          title={text.factors.failed}
          onRetry={() => void query.refetch()}
        />
      ) : query.data === undefined ? (
        <SkeletonRows rows={1} />
      ) : query.data.length === 0 ? (
        <p className="p-3 text-muted">{text.factors.none}</p>
      ) : (
        <ul>
          {query.data.map((factor) => (
            <FactorItem
              key={factor.id}
              factor={factor}
              busy={busy}
              onConfirm={() => setConfirming(factor.id)}
              onRemove={() => void remove(factor)}
            />
          ))}
        </ul>
      )}
      {problem !== null && (
        <div className="px-3 pb-2">
          <Problem>{problem}</Problem>
        </div>
      )}
      {adding && <EnrolFactor onClose={done} />}
      {confirming !== null && <ConfirmFactor id={confirming} onClose={done} />}
    </SectionCard>
  )
}

interface FactorItemProps {
  factor: Factor
  busy: boolean
  onConfirm(): void
  onRemove(): void
}

function FactorItem({ factor, busy, onConfirm, onRemove }: FactorItemProps) {
  const name = factor.name || text.factors.unnamed
  return (
    <li className="flex flex-wrap items-center gap-2 border-line border-b px-3 py-2 last:border-0">
      <span className="min-w-0 flex-1">
        <span translate={factor.name ? 'no' : undefined} className="font-medium">
          {name}
        </span>{' '}
        <span className="text-muted">
          {factor.verified ? text.factors.verified : text.factors.unverified}
        </span>
      </span>
      {!factor.verified && (
        <Button size="small" onClick={onConfirm}>
          {text.factors.confirmNow}
        </Button>
      )}
      <Button
        size="small"
        disabled={busy}
        aria-label={text.factors.removeOf(name)}
        onClick={onRemove}
      >
        {text.factors.remove}
      </Button>
    </li>
  )
}
