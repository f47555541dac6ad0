import type { SettingsState } from '@shared/contract/settings'
import type { SettingKey } from '@shared/settings/schema'
import { useState } from 'react'
import { formatBytes } from '../app/intl'
import { cx } from '../ui/cx'
import { Switch } from '../ui/Switch'
import { TextField } from '../ui/TextField'
import { settingTexts, text, UNITS } from './messages'
import { type ControlProps, SettingRow } from './SettingRow'
import { useChangeSetting } from './use-settings'

type ScanKey = Extract<SettingKey, `scan.${string}`>
type NumberKey = Exclude<ScanKey, 'scan.hash'>

/** In the order of what people change: how a scan runs, then what one file may take. */
const NUMBERS: readonly NumberKey[] = [
  'scan.workers',
  'scan.cache-megabytes',
  'scan.file-seconds',
  'scan.heap-megabytes',
  'scan.files',
  'scan.depth',
  'scan.members',
  'scan.ratio',
  'scan.unpacked-megabytes',
  'scan.memo-entries',
  'scan.facts',
]

export function ScanLimits({ state }: { state: SettingsState }) {
  return (
    <>
      <p className="border-b border-line px-4 py-3 text-muted">{text.scanNote}</p>
      <HashSetting state={state} />
      {NUMBERS.map((name) => (
        <NumberSetting key={name} name={name} state={state} />
      ))}
    </>
  )
}

function HashSetting({ state }: { state: SettingsState }) {
  const [problem, setProblem] = useState<string | null>(null)
  const change = useChangeSetting()
  const { title } = settingTexts['scan.hash']
  const set = async (checked: boolean) => {
    setProblem(await change('scan.hash', checked, { title }))
  }
  return (
    <SettingRow name="scan.hash" state={state} problem={problem}>
      {(control) => (
        <Switch
          id={control.id}
          describedBy={control.describedBy}
          disabled={control.disabled}
          checked={state.values['scan.hash']}
          onChange={(checked) => void set(checked)}
        />
      )}
    </SettingRow>
  )
}

function NumberSetting({ name, state }: { name: NumberKey; state: SettingsState }) {
  const [problem, setProblem] = useState<string | null>(null)
  const change = useChangeSetting()
  const save = async (typed: string) => {
    const value = Number(typed)
    const whole = typed.trim() !== '' && Number.isSafeInteger(value)
    const refusal = whole
      ? await change(name, value, { title: settingTexts[name].title })
      : text.notANumber
    setProblem(refusal)
    return refusal === null
  }
  return (
    <SettingRow name={name} state={state} problem={problem}>
      {(control) => (
        <NumberControl
          control={control}
          name={name}
          value={state.values[name]}
          wrong={problem !== null}
          onSave={save}
        />
      )}
    </SettingRow>
  )
}

interface NumberControlProps {
  control: ControlProps
  name: NumberKey
  value: number
  wrong: boolean
  /** Whether it was taken. */
  onSave(typed: string): Promise<boolean>
}

/** Saved with Enter or on leaving the field; Esc takes the typing back. Ranges are the host's. */
function NumberControl({ control, name, value, wrong, onSave }: NumberControlProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const unit = UNITS[name]
  const commit = async () => {
    if (typed === null) return
    // What the host refused stays in the field beside the reason.
    if (typed === String(value) || (await onSave(typed))) setTyped(null)
  }
  return (
    <div className="flex shrink-0 items-center gap-3">
      {unit === 'B' && <span className="text-small text-faint">{formatBytes(value)}</span>}
      <span className="relative">
        <TextField
          id={control.id}
          aria-describedby={control.describedBy}
          aria-invalid={wrong}
          disabled={control.disabled}
          inputMode="numeric"
          value={typed ?? String(value)}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => void commit()}
          onKeyDown={(event) => {
            if (event.key === 'Enter') void commit()
            if (event.key === 'Escape') setTyped(null)
          }}
          className={cx('w-36 text-right', unit && 'pr-10!')}
        />
        {unit && (
          <span
            translate="no"
            className="pointer-events-none absolute top-0 right-2.5 leading-8 text-faint"
          >
            {unit}
          </span>
        )}
      </span>
    </div>
  )
}
