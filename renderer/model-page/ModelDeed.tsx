import { client } from '@renderer/app/rpc'
import { Choices } from '@renderer/ui/Choices'
import { Select } from '@renderer/ui/Select'
import type { Appeal } from '@shared/backend/listings'
import { type ReactNode, useId, useState } from 'react'
import { ReasonDialog } from '../listings/shown/ReasonDialog'
import { POLICIES, text } from './deed-messages'

/** What somebody is about to do to a listing. */
export type Deed =
  | { kind: 'withdraw'; version: { id: string; number: string } | null }
  | { kind: 'restrict' }
  | { kind: 'lift' }
  | { kind: 'appeal' }
  | { kind: 'decide'; appeal: Appeal }
  | { kind: 'remove' }
  | { kind: 'attest'; subject: 'report' | 'result'; id: string }

interface ModelDeedProps {
  deed: Deed
  listing: { id: string; name: string }
  onClose: () => void
}

/** The dialog of one deed; each of them asks for a reason. */
export function ModelDeed({ deed, listing: { id: listingId, name }, onClose }: ModelDeedProps) {
  switch (deed.kind) {
    case 'withdraw':
      return (
        <ReasonDialog
          title={
            deed.version
              ? text.withdraw.versionTitle(deed.version.number)
              : text.withdraw.title(name)
          }
          description={deed.version ? text.withdraw.versionBody : text.withdraw.body}
          confirm={text.withdraw.confirm}
          danger
          done={text.withdraw.done}
          act={(reason, operationId) =>
            client.listings.withdraw({
              operationId,
              listingId,
              versionId: deed.version?.id ?? null,
              reason,
            })
          }
          onClose={onClose}
        />
      )
    case 'restrict':
      return <Restrict listingId={listingId} name={name} onClose={onClose} />
    case 'lift':
      return (
        <ReasonDialog
          {...text.lift}
          title={text.lift.title(name)}
          description={text.lift.body}
          act={(reason, operationId) =>
            client.listings.restrict({ operationId, listingId, restriction: null, reason })
          }
          onClose={onClose}
        />
      )
    case 'appeal':
      return (
        <ReasonDialog
          {...text.appeal}
          description={text.appeal.body}
          least={10}
          most={5000}
          act={(statement, operationId) =>
            client.listings.appeal({ operationId, listingId, statement })
          }
          onClose={onClose}
        />
      )
    case 'decide':
      return <Decide appeal={deed.appeal} onClose={onClose} />
    case 'remove':
      return (
        <ReasonDialog
          {...text.remove}
          title={text.remove.title(name)}
          description={text.remove.body}
          danger
          act={(reason, operationId) => client.listings.remove({ operationId, listingId, reason })}
          onClose={onClose}
        />
      )
    case 'attest':
      return <Attest subject={deed.subject} id={deed.id} onClose={onClose} />
  }
}

const DAY_MS = 86_400_000
const TERMS = ['', '7', '30', '90'] as const
type Term = (typeof TERMS)[number]

interface RestrictProps {
  listingId: string
  name: string
  onClose: () => void
}

function Restrict({ listingId, name, onClose }: RestrictProps) {
  const [policy, setPolicy] = useState<string>(POLICIES[0])
  const [term, setTerm] = useState<Term>('')
  return (
    <ReasonDialog
      {...text.restrict}
      title={text.restrict.title(name)}
      description={text.restrict.body}
      danger
      act={(reason, operationId) =>
        client.listings.restrict({
          operationId,
          listingId,
          restriction: {
            policy,
            until: term === '' ? null : new Date(Date.now() + Number(term) * DAY_MS).toISOString(),
          },
          reason,
        })
      }
      onClose={onClose}
    >
      <Field label={text.restrict.policy}>
        {(id) => (
          <Select
            id={id}
            value={policy}
            options={POLICIES.map((value) => ({ value, label: value, data: true }))}
            onChange={setPolicy}
          />
        )}
      </Field>
      <Field label={text.restrict.until}>
        {(id) => (
          <Select<Term>
            id={id}
            value={term}
            options={TERMS.map((value) => ({ value, label: text.restrict.terms[value] }))}
            onChange={setTerm}
          />
        )}
      </Field>
    </ReasonDialog>
  )
}

function Decide({ appeal, onClose }: { appeal: Appeal; onClose: () => void }) {
  const [outcome, setOutcome] = useState<'upheld' | 'overturned'>('upheld')
  return (
    <ReasonDialog
      {...text.decide}
      description={text.decide.body}
      act={(reason, operationId) =>
        client.listings.decideAppeal({ operationId, appealId: appeal.id, outcome, reason })
      }
      onClose={onClose}
    >
      <blockquote
        translate="no"
        className="max-h-40 overflow-y-auto whitespace-pre-wrap wrap-anywhere border-line-strong border-l-2 pl-3 text-muted"
      >
        {appeal.statement}
      </blockquote>
      <Chosen
        label={text.decide.outcome}
        value={outcome}
        options={(['upheld', 'overturned'] as const).map((value) => ({
          value,
          label: text.decide.outcomes[value],
        }))}
        onChange={setOutcome}
      />
    </ReasonDialog>
  )
}

interface AttestProps {
  subject: 'report' | 'result'
  id: string
  onClose: () => void
}

export function Attest({ subject, id, onClose }: AttestProps) {
  const [level, setLevel] = useState<'reproduced' | 'audited'>('reproduced')
  return (
    <ReasonDialog
      {...text.attest}
      description={text.attest.body}
      act={(reason, operationId) =>
        client.listings.attest({ operationId, subject, id, level, reason })
      }
      onClose={onClose}
    >
      <Field label={text.attest.level}>
        {(field) => (
          <Select<'reproduced' | 'audited'>
            id={field}
            value={level}
            options={(['reproduced', 'audited'] as const).map((value) => ({
              value,
              label: text.attest.levels[value],
            }))}
            onChange={setLevel}
          />
        )}
      </Field>
    </ReasonDialog>
  )
}

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="flex flex-col items-start gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children(id)}
    </div>
  )
}

interface ChosenProps<T extends string> {
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  onChange: (value: T) => void
}

function Chosen<T extends string>({ label, ...choices }: ChosenProps<T>) {
  const id = useId()
  return (
    <div className="flex flex-col items-start gap-1">
      <span id={id} className="font-medium">
        {label}
      </span>
      <Choices labelledBy={id} {...choices} />
    </div>
  )
}
