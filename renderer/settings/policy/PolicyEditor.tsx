import { isDefinedError, safe } from '@orpc/client'
import { describeError } from '@renderer/app/errors'
import { client } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Dialog } from '@renderer/ui/Dialog'
import { Select } from '@renderer/ui/Select'
import { severityName } from '@renderer/ui/SeverityBadge'
import { TextField } from '@renderer/ui/TextField'
import type { PolicyState } from '@shared/contract/policies'
import type { Ignore, Policy, SeverityOverride } from '@shared/scan-report/policy'
import { SEVERITIES } from '@shared/scan-report/scales'
import { useId, useRef, useState } from 'react'
import { text } from './messages'
import { RowList } from './RowList'

const PROFILES = ['strict', 'balanced', 'permissive'] as const
const REASON_CHARACTERS = 3

interface PolicyEditorProps {
  policy: Policy
  isNew: boolean
  onClose(): void
  onSaved(state: PolicyState, name: string): void
}

/** What is wrong with a draft in a sentence, before the host is asked; null when nothing is. */
function problemOf(draft: Policy): string | null {
  const rows = [...draft.overrides, ...draft.ignores]
  if (draft.name.trim() === '') return text.editor.needsName
  if (draft.overrides.some(({ rule }) => rule.trim() === '')) return text.editor.needsSubject
  if (draft.ignores.some(({ rule, path, fingerprint }) => !(rule || path || fingerprint)))
    return text.editor.needsSubject
  if (rows.some(({ reason }) => reason.trim().length < REASON_CHARACTERS))
    return text.editor.needsReason
  return null
}

/** Empty fields of an ignore are absent ones. */
const trimmed = ({ rule, path, fingerprint, ...rest }: Ignore): Ignore => ({
  ...rest,
  ...(rule && { rule }),
  ...(path && { path }),
  ...(fingerprint && { fingerprint }),
})

export function PolicyEditor({ policy, isNew, onClose, onSaved }: PolicyEditorProps) {
  const id = useId()
  const nameField = useRef<HTMLInputElement>(null)
  const descriptionField = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState(policy)
  const [problem, setProblem] = useState<string | null>(null)
  const change = (patch: Partial<Policy>) => {
    setDraft({ ...draft, ...patch })
    setProblem(null)
  }

  const save = async () => {
    const found = problemOf(draft)
    if (found !== null) return setProblem(found)
    const { data, error } = await safe(
      client.policies.save({ ...draft, ignores: draft.ignores.map(trimmed) }),
    )
    if (data) return onSaved(data, draft.name)
    setProblem(
      isDefinedError(error) && error.code === 'UNKNOWN_RULE'
        ? text.editor.unknownRule(error.data.rule)
        : describeError(error).message,
    )
  }

  return (
    <Dialog
      open
      size="wide"
      onClose={onClose}
      initialFocus={isNew ? nameField : descriptionField}
      title={isNew ? text.editor.titleNew : text.editor.title(policy.name)}
      actions={
        <>
          {problem !== null && (
            <p role="alert" className="mr-auto self-center text-sev-critical-text">
              {problem}
            </p>
          )}
          <Button onClick={onClose}>{text.editor.cancel}</Button>
          <Button variant="primary" onClick={() => void save()}>
            {text.editor.save}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pt-1">
        <div className="grid grid-cols-[minmax(0,1fr)_160px] gap-3">
          <div className="flex flex-col gap-1">
            <label htmlFor={`${id}-name`} className="font-medium text-small">
              {text.editor.name}
            </label>
            <TextField
              ref={nameField}
              id={`${id}-name`}
              value={draft.name}
              maxLength={60}
              // A policy is known by its name: another name is another policy.
              readOnly={!isNew}
              onChange={(event) => change({ name: event.target.value })}
            />
          </div>
          <div className="flex flex-col gap-1">
            <label htmlFor={`${id}-profile`} className="font-medium text-small">
              {text.editor.profile}
            </label>
            <Select
              id={`${id}-profile`}
              value={draft.profile}
              options={PROFILES.map((value) => ({ value, label: text.profiles[value] }))}
              onChange={(profile) => change({ profile })}
            />
          </div>
          <div className="col-span-2 flex flex-col gap-1">
            <label htmlFor={`${id}-description`} className="font-medium text-small">
              {text.editor.description}
            </label>
            <TextField
              ref={descriptionField}
              id={`${id}-description`}
              value={draft.description}
              maxLength={500}
              onChange={(event) => change({ description: event.target.value })}
            />
          </div>
        </div>
        <RowList<SeverityOverride>
          title={text.editor.overridesTitle}
          help={text.editor.overridesHelp}
          addLabel={text.editor.addOverride}
          rows={draft.overrides}
          fresh={{ rule: '', severity: 'low', reason: '', expires: null }}
          onChange={(overrides) => change({ overrides })}
          tracks="minmax(0,2fr) 132px minmax(0,2fr) 136px 32px"
          fields={[
            { key: 'rule', label: text.editor.rule },
            {
              key: 'severity',
              label: text.editor.severity,
              options: SEVERITIES.map((value) => ({ value, label: severityName(value) })),
            },
            { key: 'reason', label: text.editor.reason },
            { key: 'expires', label: text.editor.expires, date: true },
          ]}
        />
        <RowList<Ignore>
          title={text.editor.ignoresTitle}
          help={text.editor.ignoresHelp}
          addLabel={text.editor.addIgnore}
          rows={draft.ignores}
          fresh={{ rule: '', path: '', reason: '', expires: null }}
          onChange={(ignores) => change({ ignores })}
          tracks="minmax(0,1fr) minmax(0,1fr) minmax(0,2fr) 136px 32px"
          fields={[
            { key: 'rule', label: text.editor.rule },
            { key: 'path', label: text.editor.path },
            { key: 'reason', label: text.editor.reason },
            { key: 'expires', label: text.editor.expires, date: true },
          ]}
        />
      </div>
    </Dialog>
  )
}
