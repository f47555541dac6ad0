import { describeError } from '@renderer/app/errors'
import { client } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Choices } from '@renderer/ui/Choices'
import { Dialog } from '@renderer/ui/Dialog'
import { KeyHint } from '@renderer/ui/KeyHint'
import { TextArea, TextField } from '@renderer/ui/TextField'
import { verdictName } from '@renderer/ui/VerdictBadge'
import type { Disposition } from '@shared/scan-report/disposition'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { text as detail } from './detail-messages'
import { text } from './dispose-messages'
import {
  type Draft,
  decisionOf,
  filterOf,
  HOLDS,
  isCut,
  SCOPES,
  type Scope,
  type Targets,
} from './disposition-form'
import { dayFrom, KINDS, MOST_NAMED } from './dispositions'
import type { Dispositions, Filter } from './use-dispositions'

interface DisposeDialogProps {
  reportId: string
  targets: Targets
  initialScope: Scope
  /** What holds now for the one finding, to be changed. */
  current: Disposition | null
  apply: Dispositions['apply']
  onDone: () => void
  onClose: () => void
}

/** Kind, reason, time and scope of one decision, with what it would do before it is done. */
export function DisposeDialog(props: DisposeDialogProps) {
  const { reportId, targets, initialScope, current, apply, onDone, onClose } = props
  const [draft, setDraft] = useState<Draft>(() => draftOf(current))
  const [scope, setScope] = useState(initialScope)
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const kinds = useRef<HTMLInputElement>(null)
  const reason = useRef<HTMLTextAreaElement>(null)
  const date = useRef<HTMLInputElement>(null)
  const id = useId()
  const filter = useMemo(() => filterOf(scope, targets), [scope, targets])
  const decision = decisionOf(draft, new Date())
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))

  const submit = async () => {
    setAsked(true)
    if (decision === 'reason') return reason.current?.focus()
    if (decision === 'date') return date.current?.focus()
    setBusy(true)
    if (await apply(filter, decision)) onDone()
    else setBusy(false)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void submit()
      return
    }
    const typing = event.target instanceof HTMLElement && event.target.matches(TYPED_INTO)
    const kind = KINDS[Number(event.key) - 1]
    if (typing || kind === undefined || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    change({ kind })
    reason.current?.focus()
  }
  const offered = SCOPES.filter((one) => targets[one].length > (one === 'one' ? 0 : 1))
  const scopeLabel = (one: Scope) =>
    one === 'one' ? text.scopes.one : text.scopes[one](targets[one].length)

  return (
    <Dialog
      open
      onClose={onClose}
      size="medium"
      title={text.title}
      description={text.description}
      initialFocus={kinds}
      actions={
        <>
          <Preview reportId={reportId} filter={filter} />
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button variant="primary" keys="mod+enter" disabled={busy} onClick={() => void submit()}>
            {text.apply(Math.min(targets[scope].length, MOST_NAMED))}
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the dialog as a whole */}
      <div className="flex flex-col gap-3 pt-1" onKeyDown={onKeyDown}>
        <div role="radiogroup" aria-labelledby={`${id}-kind`} className="flex flex-col gap-1">
          <span id={`${id}-kind`} className="font-medium">
            {text.kind}
          </span>
          {KINDS.map((kind, index) => (
            <label
              key={kind}
              className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-control border border-line px-2.5 py-1 hover:bg-sunken has-checked:border-accent has-checked:bg-selected"
            >
              <input
                ref={kind === draft.kind ? kinds : null}
                type="radio"
                name={`${id}-kind`}
                className="accent-(--accent)"
                checked={kind === draft.kind}
                onChange={() => change({ kind })}
              />
              <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3">
                <span className="w-28 shrink-0 font-medium">{detail.states[kind]}</span>
                <span className="min-w-0 text-muted text-small">{text.kinds[kind]}</span>
              </span>
              <KeyHint keys={String(index + 1)} className="text-muted" />
            </label>
          ))}
        </div>

        <div className="flex flex-col gap-1">
          <label htmlFor={`${id}-reason`} className="font-medium">
            {text.reason}
          </label>
          <TextArea
            ref={reason}
            id={`${id}-reason`}
            rows={2}
            maxLength={1000}
            aria-describedby={`${id}-hint`}
            aria-invalid={asked && decision === 'reason'}
            value={draft.reason}
            onChange={(event) => change({ reason: event.target.value })}
          />
          <p id={`${id}-hint`} className="text-muted text-small">
            {asked && decision === 'reason' ? (
              <span className="text-sev-critical-text">{text.tooShort}</span>
            ) : (
              text.reasonHint
            )}
          </p>
        </div>

        <div className="flex flex-wrap items-center gap-2">
          <span id={`${id}-holds`} className="w-full font-medium">
            {text.expires}
          </span>
          <Choices
            labelledBy={`${id}-holds`}
            value={draft.holds}
            options={HOLDS.map((value) => ({ value, label: text.presets[value] }))}
            onChange={(holds) => change({ holds })}
          />
          {draft.holds === 'date' && (
            <TextField
              ref={date}
              type="date"
              aria-label={text.date}
              aria-invalid={asked && decision === 'date'}
              min={dayFrom(new Date(), 1)}
              value={draft.date}
              onChange={(event) => change({ date: event.target.value })}
            />
          )}
          {asked && decision === 'date' && (
            <span role="alert" className="text-sev-critical-text text-small">
              {text.noDate}
            </span>
          )}
        </div>

        <div role="radiogroup" aria-labelledby={`${id}-scope`} className="flex flex-col gap-1">
          <span id={`${id}-scope`} className="font-medium">
            {text.scope}
          </span>
          {offered.map((one) => (
            <label key={one} className="flex min-h-6 cursor-pointer items-center gap-2.5">
              <input
                type="radio"
                name={`${id}-scope`}
                className="accent-(--accent)"
                checked={one === scope}
                onChange={() => setScope(one)}
              />
              {scopeLabel(one)}
            </label>
          ))}
        </div>
        {isCut(scope, targets) && <p className="text-muted">{text.tooMany(MOST_NAMED)}</p>}
      </div>
    </Dialog>
  )
}

const TYPED_INTO = 'textarea, input:not([type=radio])'

function draftOf(current: Disposition | null): Draft {
  return {
    kind: current?.kind ?? 'false-positive',
    reason: current?.reason ?? '',
    holds: current?.expires ? 'date' : 'never',
    date: current?.expires ?? '',
  }
}

/** What the host says that the decision would change. */
function Preview({ reportId, filter }: { reportId: string; filter: Filter }) {
  const [answer, setAnswer] = useState<Awaited<
    ReturnType<typeof client.dispositions.preview>
  > | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  // Not a query: its key would be hashed with every letter of the reason, and may name 20,000 findings.
  useEffect(() => {
    const abort = new AbortController()
    setProblem(null)
    client.dispositions.preview({ reportId, filter }, { signal: abort.signal }).then(
      (next) => !abort.signal.aborted && setAnswer(next),
      (error: unknown) => {
        if (abort.signal.aborted) return
        setAnswer(null)
        setProblem(describeError(error).message)
      },
    )
    return () => abort.abort()
  }, [reportId, filter])
  return (
    <p role="status" className="min-h-10 w-full px-1 text-muted wrap-anywhere">
      {problem}
      {!problem && answer === null && text.counting}
      {!problem && answer !== null && (
        <>
          <span className="text-text">{text.preview(answer.findings, answer.replaced)}</span>{' '}
          {text.effect(verdictName(answer.effective.verdict), answer.effective.open)}
        </>
      )}
    </p>
  )
}
