import { describeError } from '@renderer/app/errors'
import { orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { ErrorState } from '@renderer/ui/ErrorState'
import { lazyComponent } from '@renderer/ui/lazy-component'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { notify } from '@renderer/ui/toast'
import type { PolicyState } from '@shared/contract/policies'
import type { Policy } from '@shared/scan-report/policy'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { text } from './messages'

const PolicyEditor = lazyComponent(async () => (await import('./PolicyEditor')).PolicyEditor)

type Listed = PolicyState['policies'][number]

const EMPTY: Policy = {
  name: '',
  description: '',
  profile: 'balanced',
  overrides: [],
  ignores: [],
}

export function Policies() {
  const queries = useQueryClient()
  const query = useQuery(orpc.policies.list.queryOptions())
  const [editing, setEditing] = useState<{ policy: Policy; isNew: boolean } | null>(null)
  const taken = {
    onSuccess: (state: PolicyState) => {
      queries.setQueryData(orpc.policies.list.queryKey(), state)
      void queries.invalidateQueries({ queryKey: orpc.rules.key() })
    },
    onError: (error: unknown) =>
      notify({
        tone: 'error',
        title: text.changeFailed,
        description: describeError(error).message,
      }),
  }
  const activate = useMutation(orpc.policies.activate.mutationOptions(taken))
  const save = useMutation(orpc.policies.save.mutationOptions(taken))
  const remove = useMutation(orpc.policies.remove.mutationOptions(taken))

  const onActivate = (name: string) =>
    activate.mutate(
      { name },
      { onSuccess: () => notify({ tone: 'ok', title: text.activated(name), key: 'policy' }) },
    )
  const onRemove = ({ builtIn: _, digest: __, ...policy }: Listed, wasActive: boolean) =>
    remove.mutate(
      { name: policy.name },
      {
        onSuccess: () =>
          notify({
            tone: 'ok',
            title: text.removed(policy.name),
            key: 'policy',
            action: {
              label: text.undo,
              run: () =>
                save.mutate(policy, {
                  onSuccess: () => wasActive && activate.mutate({ name: policy.name }),
                }),
            },
          }),
      },
    )

  if (query.data === undefined)
    return (
      <Card className="mt-4 max-w-[880px]">
        {query.error ? (
          <ErrorState
            error={query.error}
            title={text.failed}
            onRetry={() => void query.refetch()}
          />
        ) : (
          <SkeletonRows rows={4} />
        )}
      </Card>
    )
  const { policies, active } = query.data
  return (
    <Card className="mt-4 max-w-[880px]">
      <div className="flex flex-wrap items-start gap-4 border-line border-b px-4 py-3">
        <p className="min-w-60 flex-1 text-muted">{text.about}</p>
        <Button onClick={() => setEditing({ policy: EMPTY, isNew: true })}>{text.create}</Button>
      </div>
      <ul>
        {policies.map((policy) => (
          <PolicyItem
            key={policy.name}
            policy={policy}
            active={policy.name === active}
            onActivate={() => onActivate(policy.name)}
            onEdit={() =>
              setEditing(
                policy.builtIn
                  ? { policy: { ...plain(policy), name: text.copyOf(policy.name) }, isNew: true }
                  : { policy: plain(policy), isNew: false },
              )
            }
            onRemove={() => onRemove(policy, policy.name === active)}
          />
        ))}
      </ul>
      {editing && (
        <PolicyEditor
          policy={editing.policy}
          isNew={editing.isNew}
          onClose={() => setEditing(null)}
          onSaved={(state, name) => {
            taken.onSuccess(state)
            setEditing(null)
            notify({ tone: 'ok', title: text.saved(name), key: 'policy' })
          }}
        />
      )}
    </Card>
  )
}

/** Without what only the list adds. */
function plain({ builtIn: _, digest: __, ...policy }: Listed): Policy {
  return policy
}

interface PolicyItemProps {
  policy: Listed
  active: boolean
  onActivate(): void
  onEdit(): void
  onRemove(): void
}

function PolicyItem({ policy, active, onActivate, onEdit, onRemove }: PolicyItemProps) {
  const { name, description, profile, overrides, ignores, builtIn } = policy
  const facts = [
    builtIn ? text.builtIn : text.startsFrom(text.profiles[profile]),
    ...(overrides.length > 0 ? [text.overrides(overrides.length)] : []),
    ...(ignores.length > 0 ? [text.ignores(ignores.length)] : []),
  ]
  const edit = builtIn ? text.copy : text.edit
  return (
    <li
      aria-current={active}
      className="flex flex-wrap items-start gap-x-6 gap-y-2 border-line border-b px-4 py-3 last:border-0"
    >
      <div className="min-w-60 flex-1">
        <p className="flex items-center gap-2 font-medium">
          <span translate="no">{name}</span>
          {active && (
            <span className="rounded-chip bg-selected px-1.5 font-medium text-meta">
              {text.active}
            </span>
          )}
        </p>
        {description && (
          <p className="text-muted" translate="no">
            {description}
          </p>
        )}
        <p className="text-muted text-small">{facts.join(' · ')}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        {!active && (
          <Button size="small" aria-label={text.named(text.activate, name)} onClick={onActivate}>
            {text.activate}
          </Button>
        )}
        <Button size="small" variant="ghost" aria-label={text.named(edit, name)} onClick={onEdit}>
          {edit}
        </Button>
        {!builtIn && (
          <Button
            size="small"
            variant="ghost"
            aria-label={text.named(text.remove, name)}
            onClick={onRemove}
          >
            {text.remove}
          </Button>
        )}
      </div>
    </li>
  )
}
