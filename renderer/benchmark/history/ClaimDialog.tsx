import { describeError } from '@renderer/app/errors'
import { orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Dialog } from '@renderer/ui/Dialog'
import { Select } from '@renderer/ui/Select'
import { TextField } from '@renderer/ui/TextField'
import { notify } from '@renderer/ui/toast'
import { HEADLINE, MEASURE, type Measure } from '@shared/benchmark/measures'
import type { ResultRow } from '@shared/benchmark/result-row'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { text as shared } from '../messages'
import { claimedFigure, type FigureName, isMetric, writtenUnit } from './claim-figure'
import { text } from './messages'

/** Figures that people claim; how long a file took to load is not among them. */
const CLAIMED: readonly Measure[] = ['latency-p50', 'latency-p90', 'latency-p99', 'memory']

interface ClaimDialogProps {
  row: ResultRow
  onClose: () => void
}

export function ClaimDialog({ row, onClose }: ClaimDialogProps) {
  const queries = useQueryClient()
  const form = useId()
  const headline = HEADLINE[row.scenario]
  const [name, setName] = useState<FigureName>(headline)
  const [value, setValue] = useState('')
  const [machine, setMachine] = useState<string>(row.hardwareClass)
  const [source, setSource] = useState('')
  const typicalNs = row.headline?.unit === 'ns' ? row.headline.estimate : null
  const figure = claimedFigure(name, value, typicalNs)
  const names: FigureName[] = [
    ...new Set<FigureName>([
      headline,
      ...(MEASURE[headline].unit === 'ns' ? CLAIMED : (['memory'] as const)),
      ...(row.accuracy ? [row.accuracy.metric] : []),
    ]),
  ]

  const state = useMutation(
    orpc.benchmark.claims.state.mutationOptions({
      onSuccess: async () => {
        onClose()
        notify({ title: text.form.done, tone: 'ok' })
        await queries.invalidateQueries({ queryKey: orpc.benchmark.claims.key() })
      },
      onError: (error) =>
        notify({
          title: text.form.failed,
          description: describeError(error).message,
          tone: 'error',
        }),
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (figure === null) return
    state.mutate({
      modelSha256: row.modelSha256,
      modelName: row.name,
      suiteId: row.suite.id,
      suiteVersion: row.suite.version,
      scenario: row.scenario,
      figure,
      hardwareClass: machine === '' ? null : machine,
      source: source.trim(),
    })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.form.title}
      description={text.form.description(shared.suiteVersion(row.suite.title, row.suite.version))}
      actions={
        <>
          <Button onClick={onClose}>{text.form.cancel}</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={state.isPending}
            disabledReason={figure === null ? text.form.invalid : null}
          >
            {text.form.confirm}
          </Button>
        </>
      }
    >
      <form id={form} className="flex flex-col gap-3" onSubmit={submit}>
        <Field
          label={text.form.figure}
          field={(id) => (
            <Select<FigureName>
              id={id}
              value={name}
              options={names.map((one) => ({
                value: one,
                label: isMetric(one) ? shared.metrics[one] : shared.measures[one],
              }))}
              onChange={setName}
            />
          )}
        />
        <Field
          label={text.form.value}
          field={(id) => (
            <span className="flex items-center gap-2">
              <TextField
                id={id}
                inputMode="decimal"
                className="w-32"
                value={value}
                onChange={(event) => setValue(event.target.value)}
              />
              <span className="text-muted">
                {text.form.unit(text.form.units[writtenUnit(name, typicalNs).unit])}
              </span>
            </span>
          )}
        />
        <Field
          label={text.form.machine}
          field={(id) => (
            <Select
              id={id}
              value={machine}
              options={[
                { value: row.hardwareClass, label: row.hardwareClass, data: true },
                { value: '', label: text.form.any },
              ]}
              onChange={setMachine}
            />
          )}
        />
        <Field
          label={text.form.source}
          field={(id) => (
            <TextField
              id={id}
              placeholder={text.form.sourceHint}
              maxLength={1000}
              value={source}
              onChange={(event) => setSource(event.target.value)}
            />
          )}
        />
      </form>
    </Dialog>
  )
}

function Field({ label, field }: { label: string; field: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {field(id)}
    </div>
  )
}
