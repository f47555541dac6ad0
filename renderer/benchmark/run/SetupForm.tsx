import { SectionCard } from '@renderer/ui/Card'
import { Choices } from '@renderer/ui/Choices'
import { Select } from '@renderer/ui/Select'
import { Switch } from '@renderer/ui/Switch'
import { TextField } from '@renderer/ui/TextField'
import { PROFILES } from '@shared/benchmark/scales'
import type { EngineState, SuiteChoice, SuiteRow } from '@shared/contract/benchmark'
import { type ReactNode, useId, useState } from 'react'
import { EngineInstall } from '../engines/EngineInstall'
import { text as shared } from '../messages'
import { changeDraft, type Draft, isBetween, MOST_LAUNCHES, MOST_THREADS } from './draft'
import { text } from './messages'

interface SetupFormProps {
  draft: Draft
  suites: readonly SuiteRow[]
  engines: readonly EngineState[]
  /** The suite in force; null where a folder is asked for and none is named yet. */
  suite: SuiteRow | null
}

const OWN = 'own'
/** As shared/benchmark/profile.ts has them, which brings the schema library along. */
const PROFILE_LAUNCHES = { quick: 10, standard: 10, certified: 20 }
const keyOf = (choice: SuiteChoice): string =>
  choice.kind === 'built-in' ? `built-in ${choice.id}` : `folder ${choice.path}`

/** Suite, scenario, engine, threads and profile. Each says in a line what it means. */
export function SetupForm({ draft, suites, engines, suite }: SetupFormProps) {
  const [asked, setOwn] = useState(draft.suite?.kind === 'folder')
  const own = asked || suites.length === 0
  const chooseSuite = (key: string) => {
    setOwn(key === OWN)
    if (key === OWN) return
    const row = suites.find(({ choice }) => keyOf(choice) === key)
    if (row) changeDraft({ suite: row.choice, scenario: null })
  }
  const scenario = suite?.scenarios.find((one) => one === draft.scenario) ?? suite?.scenarios[0]
  const engine = engines.find(({ name }) => name === draft.engine)
  return (
    <SectionCard title={text.setup.title}>
      <Field
        label={text.setup.suite}
        why={suite && <span translate="no">{suite.description}</span>}
        field={(id) => (
          <Select
            id={id}
            className="w-full max-w-80"
            value={own ? OWN : suite ? keyOf(suite.choice) : OWN}
            options={[
              ...suites.map((row) => ({
                value: keyOf(row.choice),
                label: shared.suiteVersion(row.title, row.version),
              })),
              { value: OWN, label: text.setup.ownSuite },
            ]}
            onChange={chooseSuite}
          />
        )}
      >
        {suite && (
          <span className="text-muted text-small">
            {suite.metric && suite.hasData
              ? text.setup.data(metricName(suite.metric))
              : text.setup.speedOnly}
          </span>
        )}
      </Field>
      {own && <SuitePath draft={draft} />}
      <Field
        label={text.setup.scenario}
        why={scenario && text.setup.scenarios[scenario]}
        field={(id) => (
          <Select
            id={id}
            className="w-full max-w-80"
            value={scenario ?? 'single-stream'}
            disabled={!suite || suite.scenarios.length < 2}
            options={(suite?.scenarios ?? ['single-stream' as const]).map((value) => ({
              value,
              label: shared.scenarios[value],
            }))}
            onChange={(value) => changeDraft({ scenario: value })}
          />
        )}
      />
      <Profile draft={draft} />
      <Launches draft={draft} />
      <Field
        label={text.setup.engine}
        why={engine?.reason && <span translate="no">{engine.reason}</span>}
        field={(id) => (
          <Select
            id={id}
            className="w-full max-w-80"
            value={draft.engine ?? 'auto'}
            options={[
              { value: 'auto', label: text.setup.autoEngine },
              ...engines.map((one) => ({ value: one.name, label: engineLabel(one) })),
            ]}
            onChange={(value) => changeDraft({ engine: value === 'auto' ? null : value })}
          />
        )}
      >
        {engine?.state === 'missing' && <EngineInstall engine={engine} />}
      </Field>
      <Threads draft={draft} />
      {suite !== null && suite.references > 0 && (
        <Field
          label={text.setup.references}
          why={text.setup.referencesWhy}
          field={(id) => (
            <Switch
              id={id}
              checked={draft.references}
              onChange={(references) => changeDraft({ references })}
            />
          )}
        />
      )}
    </SectionCard>
  )
}

function metricName(metric: string): string {
  return Object.entries(shared.metrics).find(([id]) => id === metric)?.[1] ?? metric
}

function engineLabel({ title, state, downloadBytes }: EngineState): string {
  if (state === 'missing') return text.setup.engineMissing(title, downloadBytes)
  return state === 'unsupported' ? text.setup.engineUnsupported(title) : title
}

function Profile({ draft }: { draft: Draft }) {
  const label = useId()
  return (
    <Row
      label={<span id={label}>{text.setup.profile}</span>}
      why={text.setup.profileWhy[draft.profile]}
    >
      <Choices
        labelledBy={label}
        value={draft.profile}
        options={PROFILES.map((value) => ({ value, label: text.setup.profiles[value] }))}
        onChange={(profile) => changeDraft({ profile })}
      />
    </Row>
  )
}

function Threads({ draft }: { draft: Draft }) {
  return (
    <Field
      label={text.setup.threads}
      why={text.setup.threadsWhy}
      field={(id) => (
        <TextField
          id={id}
          type="number"
          className="w-20"
          min={1}
          max={MOST_THREADS}
          value={draft.threads}
          onChange={({ target }) => {
            const threads = target.valueAsNumber
            if (isBetween(threads, 1, MOST_THREADS)) changeDraft({ threads })
          }}
        />
      )}
    />
  )
}

function Launches({ draft }: { draft: Draft }) {
  return (
    <Field
      label={text.setup.launches}
      why={text.setup.launchesWhy}
      field={(id) => (
        <TextField
          id={id}
          type="number"
          className="w-20"
          min={1}
          max={MOST_LAUNCHES}
          placeholder={String(PROFILE_LAUNCHES[draft.profile])}
          value={draft.launches ?? ''}
          onChange={({ target }) => {
            const launches = target.valueAsNumber
            changeDraft({ launches: isBetween(launches, 1, MOST_LAUNCHES) ? launches : null })
          }}
        />
      )}
    />
  )
}

function SuitePath({ draft }: { draft: Draft }) {
  const current = draft.suite?.kind === 'folder' ? draft.suite.path : ''
  const [typed, setTyped] = useState(current)
  const settle = () => {
    const path = typed.trim()
    if (path !== '' && path !== current)
      changeDraft({ suite: { kind: 'folder', path }, scenario: null })
  }
  return (
    <Field
      label={text.setup.suitePath}
      field={(id) => (
        <TextField
          id={id}
          className="w-full max-w-80 font-mono text-code!"
          value={typed}
          maxLength={4096}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={settle}
          onKeyDown={(event) => event.key === 'Enter' && settle()}
        />
      )}
    />
  )
}

interface FieldProps {
  label: string
  why?: ReactNode
  field: (id: string) => ReactNode
  /** Behind the field: what it says now. */
  children?: ReactNode
}

function Field({ label, why, field, children }: FieldProps) {
  const id = useId()
  return (
    <Row label={<label htmlFor={id}>{label}</label>} why={why}>
      {field(id)}
      {children}
    </Row>
  )
}

interface RowProps {
  label: ReactNode
  why?: ReactNode
  children: ReactNode
}

function Row({ label, why, children }: RowProps) {
  return (
    <div className="grid grid-cols-[minmax(96px,136px)_minmax(0,1fr)] items-start gap-x-3 gap-y-1 border-line border-b px-3 py-2 last:border-0">
      <div className="pt-1.5">{label}</div>
      <div className="flex min-h-8 min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        {children}
        {why && <p className="w-full text-faint text-small">{why}</p>}
      </div>
    </div>
  )
}
