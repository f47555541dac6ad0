import type { SettingsState } from '@shared/contract/settings'
import type { SettingKey } from '@shared/settings/schema'
import { type ReactNode, useId } from 'react'
import { text as change } from './change-messages'
import { settingTexts } from './messages'
import { isFixed } from './use-settings'

export interface ControlProps {
  /** Of the control, for its label. */
  id: string
  labelledBy: string
  describedBy: string
  disabled: boolean
}

export interface SettingRowProps {
  name: SettingKey
  state: SettingsState
  /** What the host said about the last change; null when all is well. */
  problem: string | null
  children(control: ControlProps): ReactNode
}

/** One setting: name and help at the left, the control at the right, where the value is from. */
export function SettingRow({ name, state, problem, children }: SettingRowProps) {
  const id = useId()
  const { title, help } = settingTexts[name]
  const source = state.sources[name] ?? 'default'
  const fixed = isFixed(source)
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-2 border-b border-line px-4 py-3 last:border-0">
      <div className="max-w-[56ch] min-w-60 flex-1">
        <label id={`${id}-label`} htmlFor={id} className="font-medium">
          {title}
        </label>
        <p id={`${id}-help`} className="text-muted">
          {help}
          {source !== 'default' && (
            <span className="block text-small text-faint">{change.fixedBy[source]}</span>
          )}
        </p>
        {problem && (
          <p role="alert" className="mt-1 text-small text-sev-critical-text">
            {problem}
          </p>
        )}
      </div>
      {children({
        id,
        labelledBy: `${id}-label`,
        describedBy: `${id}-help`,
        disabled: fixed,
      })}
    </div>
  )
}
