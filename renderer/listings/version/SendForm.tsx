import { describeError } from '@renderer/app/errors'
import { client, orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Card, SectionCard } from '@renderer/ui/Card'
import { ErrorState } from '@renderer/ui/ErrorState'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { TextArea, TextField } from '@renderer/ui/TextField'
import type { ReportId } from '@shared/contract/scan'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useId, useState } from 'react'
import { Check } from '../Check'
import { Field, helpId } from '../Field'
import { SignCheck } from '../SignCheck'
import { text } from './messages'
import { OutgoingList } from './OutgoingList'
import { SourceFields } from './SourceFields'
import { NO_SOURCE, sourceOf, sourceProblems } from './source'

interface SendFormProps {
  listingId: string
  reportId: ReportId
  suggested: string
  /** Numbers that other versions have. */
  taken: readonly string[]
  onOther: () => void
}

const NUMBER = /^\d{1,6}\.\d{1,6}\.\d{1,6}(-[0-9A-Za-z.-]{1,40})?$/
const LEAST_REASON = 3

/** What the seller says about a version, beside all that would be sent. */
export function SendForm({ listingId, reportId, suggested, taken, onOther }: SendFormProps) {
  const id = useId()
  const navigate = useNavigate()
  const query = useQuery(orpc.listings.outgoing.queryOptions({ input: { reportId }, staleTime: 0 }))
  const [number, setNumber] = useState(suggested)
  const [notes, setNotes] = useState('')
  const [source, setSource] = useState(NO_SOURCE)
  const [isUnmeasured, setIsUnmeasured] = useState(false)
  const [unmeasured, setUnmeasured] = useState('')
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const [sign, setSign] = useState<boolean | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const words = text.form
  if (query.error)
    return (
      <Card>
        <ErrorState
          error={query.error}
          title={text.outgoing.failed}
          onRetry={() => void query.refetch()}
          actions={
            <Button size="small" onClick={onOther}>
              {text.other}
            </Button>
          }
        />
      </Card>
    )
  if (query.data === undefined)
    return (
      <Card>
        <SkeletonRows rows={8} />
      </Card>
    )
  const outgoing = query.data
  const results = new Set<string>(
    outgoing.results
      .filter(({ row, chosen }) => chosen !== toggled.has(row.id))
      .map(({ row }) => row.id),
  )
  const wrongSource = sourceProblems(source)
  const numberWrong = !NUMBER.test(number) || taken.includes(number)
  const reasonWrong = isUnmeasured && unmeasured.trim().length < LEAST_REASON
  const wrong = numberWrong || reasonWrong || wrongSource.length > 0
  const signs = sign ?? outgoing.key
  const noBucket = !outgoing.bucket ? words.noBucket : outgoing.readable ? null : words.notReadable

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || wrong) return
    setBusy(true)
    setProblem(null)
    try {
      const { jobId } = await client.listings.addVersion({
        listingId,
        reportId,
        number,
        notes: notes.trim(),
        source: sourceOf(source),
        unmeasured: isUnmeasured ? unmeasured.trim() : null,
        results: [...results],
        sign: signs,
      })
      await navigate({ to: '/listings/adding/$jobId', params: { jobId } })
    } catch (error) {
      setProblem(describeError(error).message)
      setBusy(false)
    }
  }
  const toggle = (resultId: string) => {
    const next = new Set(toggled)
    if (!next.delete(resultId)) next.add(resultId)
    setToggled(next)
  }
  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      <SectionCard title={words.title}>
        <div className="flex flex-col gap-3 p-3">
          <Field
            id={`${id}-number`}
            label={words.number}
            help={words.numberHelp}
            problem={numberWrong ? words.numberWrong : null}
          >
            <TextField
              id={`${id}-number`}
              className="w-40"
              value={number}
              maxLength={60}
              aria-invalid={numberWrong}
              aria-describedby={helpId(`${id}-number`)}
              onChange={(event) => setNumber(event.target.value.trim())}
            />
          </Field>
          <Field id={`${id}-notes`} label={words.notes} help={words.notesHelp}>
            <TextArea
              id={`${id}-notes`}
              rows={2}
              value={notes}
              maxLength={5000}
              aria-describedby={helpId(`${id}-notes`)}
              onChange={(event) => setNotes(event.target.value)}
            />
          </Field>
          <SourceFields
            id={`${id}-source`}
            source={source}
            onChange={setSource}
            problems={wrongSource}
            noBucket={noBucket}
          />
          <Check
            id={`${id}-unmeasured`}
            label={words.unmeasured}
            help={words.unmeasuredHelp}
            checked={isUnmeasured}
            onChange={setIsUnmeasured}
          />
          {isUnmeasured && (
            <Field
              id={`${id}-reason`}
              label={words.unmeasuredReason}
              problem={reasonWrong ? words.unmeasuredWrong : null}
            >
              <TextField
                id={`${id}-reason`}
                value={unmeasured}
                maxLength={500}
                spellCheck
                aria-invalid={reasonWrong}
                aria-describedby={helpId(`${id}-reason`)}
                onChange={(event) => setUnmeasured(event.target.value)}
              />
            </Field>
          )}
          <SignCheck hasKey={outgoing.key} checked={signs} onChange={setSign} />
        </div>
      </SectionCard>
      <OutgoingList
        outgoing={outgoing}
        sign={signs}
        choices={{ results, onToggle: toggle, bucket: source.kind === 'bucket' }}
      />
      {problem !== null && (
        <p role="alert" className="text-sev-critical-text wrap-anywhere">
          {text.problem}: {problem}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onOther}>{text.other}</Button>
        <Button
          type="submit"
          variant="primary"
          disabled={busy}
          disabledReason={wrong ? text.fix : null}
        >
          {busy ? text.submitting : text.submit}
        </Button>
      </div>
    </form>
  )
}
