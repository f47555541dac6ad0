import { describeError } from '@renderer/app/errors'
import { formatDateTime } from '@renderer/app/intl'
import { client, orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Dialog } from '@renderer/ui/Dialog'
import { Select } from '@renderer/ui/Select'
import { TextField } from '@renderer/ui/TextField'
import { notify } from '@renderer/ui/toast'
import type { ResultId } from '@shared/benchmark/result-row'
import type { PassportId } from '@shared/contract/model'
import type { ReportRow } from '@shared/contract/scan'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useRef, useState } from 'react'
import { CarriedResults, useCarriedResults } from './CarriedResults'
import { text } from './messages'

interface CreatePassportProps {
  /** Without one, the newest are offered. */
  report?: Pick<ReportRow, 'id' | 'name'>
  /** Results that are chosen at first; otherwise the newest of each suite. */
  results?: readonly ResultId[]
  onClose(): void
  onCreated(id: PassportId): void
}

const OFFERED = 100

export function CreatePassport({ report, results, onClose, onCreated }: CreatePassportProps) {
  const id = useId()
  const queries = useQueryClient()
  const history = useQuery({
    ...orpc.scan.history.queryOptions({ input: { limit: OFFERED } }),
    enabled: report === undefined,
  })
  const offered = history.data?.rows ?? []
  const rows: readonly Pick<ReportRow, 'id' | 'name'>[] = report ? [report] : offered
  const [chosen, setChosen] = useState<string | null>(null)
  const row = rows.find((one) => one.id === chosen) ?? rows[0]
  const carried = useCarriedResults(row?.id, results)
  const [name, setName] = useState<string | null>(null)
  const [licence, setLicence] = useState('')
  const [validUntil, setValidUntil] = useState('')
  const first = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const shownName = name ?? row?.name ?? ''

  const issue = async (event: FormEvent) => {
    event.preventDefault()
    if (row === undefined || busy) return
    setBusy(true)
    setProblem(null)
    try {
      const passport = await client.model.create({
        reportId: row.id,
        ...(shownName.trim() && { name: shownName.trim() }),
        licence: licence.trim() || null,
        results: await carried.decide(),
        validUntil: validUntil === '' ? null : new Date(`${validUntil}T23:59:59.999Z`),
      })
      await queries.invalidateQueries({ queryKey: orpc.model.key() })
      // What it carries is signed from now on.
      await queries.invalidateQueries({ queryKey: orpc.benchmark.key() })
      notify({ title: text.create.done(passport.name), tone: 'ok' })
      onClose()
      onCreated(passport.id)
    } catch (error) {
      setProblem(describeError(error).message)
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      size="medium"
      title={text.create.title}
      description={text.create.body}
      initialFocus={first}
      actions={
        <>
          <Button onClick={onClose}>{text.create.cancel}</Button>
          <Button
            type="submit"
            form={id}
            variant="primary"
            disabled={busy}
            disabledReason={row === undefined ? text.create.noReports : null}
          >
            {busy ? text.create.signing : text.create.confirm}
          </Button>
        </>
      }
    >
      <form id={id} className="flex flex-col gap-3 pt-1" onSubmit={(event) => void issue(event)}>
        {report === undefined && rows.length === 0 && history.data && (
          <p className="text-muted">{text.create.noReports}</p>
        )}
        {report === undefined && row !== undefined && (
          <Field id={`${id}-report`} label={text.create.report}>
            <Select
              id={`${id}-report`}
              value={row.id as string}
              options={offered.map((one) => ({
                value: one.id as string,
                label: `${one.name}, ${formatDateTime(one.startedAt)}`,
              }))}
              onChange={(value) => {
                setChosen(value)
                setName(null)
              }}
            />
          </Field>
        )}
        <Field id={`${id}-name`} label={text.create.name}>
          <TextField
            ref={first}
            id={`${id}-name`}
            value={shownName}
            maxLength={200}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field id={`${id}-licence`} label={text.create.licence}>
          <TextField
            id={`${id}-licence`}
            value={licence}
            maxLength={200}
            onChange={(event) => setLicence(event.target.value)}
          />
        </Field>
        <Field id={`${id}-until`} label={text.create.validUntil}>
          <TextField
            id={`${id}-until`}
            type="date"
            value={validUntil}
            onChange={(event) => setValidUntil(event.target.value)}
          />
        </Field>
        {row !== undefined && <CarriedResults {...carried} />}
        <p className="text-muted text-small">{text.create.key}</p>
        {problem !== null && (
          <p role="alert" className="text-sev-critical-text wrap-anywhere" translate="no">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  )
}

export function Field(props: { id: string; label: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={props.id} className="font-medium text-small">
        {props.label}
      </label>
      {props.children}
    </div>
  )
}
