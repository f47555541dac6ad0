import type { SettingsState } from '@shared/contract/settings'
import type { SettingKey, SettingsValues } from '@shared/settings/schema'
import { useState } from 'react'
import { text as app } from '../app/messages'
import { DENSITIES, THEMES } from '../app/theme'
import { Choices } from '../ui/Choices'
import { settingTexts, text } from './messages'
import { SettingRow } from './SettingRow'
import { useChangeSetting } from './use-settings'

export function Appearance({ state }: { state: SettingsState }) {
  return (
    <>
      <ChoiceSetting
        name="appearance.theme"
        state={state}
        options={THEMES.map((value) => ({ value, label: app.themes[value] }))}
      />
      <ChoiceSetting
        name="appearance.density"
        state={state}
        options={DENSITIES.map((value) => ({ value, label: text.densities[value] }))}
      />
    </>
  )
}

type ChoiceKey = Extract<SettingKey, `appearance.${string}`>

interface ChoiceSettingProps<K extends ChoiceKey> {
  name: K
  state: SettingsState
  options: readonly { value: SettingsValues[K]; label: string }[]
}

function ChoiceSetting<K extends ChoiceKey>({ name, state, options }: ChoiceSettingProps<K>) {
  const [problem, setProblem] = useState<string | null>(null)
  const change = useChangeSetting()
  const choose = async (value: SettingsValues[K]) => {
    setProblem(await change(name, value, { title: settingTexts[name].title }))
  }
  return (
    <SettingRow name={name} state={state} problem={problem}>
      {(control) => (
        <Choices
          {...control}
          value={state.values[name]}
          options={options}
          onChange={(value) => void choose(value)}
        />
      )}
    </SettingRow>
  )
}
