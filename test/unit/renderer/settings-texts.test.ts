import { SETTING_KEYS, SETTINGS, type SettingDefinition } from '@shared/settings/schema'
import { describe, expect, test } from 'vitest'
import { settingTexts, UNITS } from '../../../renderer/settings/messages'

// The page holds these words itself, so that the validators are not part of its code.
describe('the settings page', () => {
  test.each(SETTING_KEYS)('says of %s what the schema says', (key) => {
    const { title, help, unit }: SettingDefinition = SETTINGS[key]
    expect(settingTexts[key]).toEqual({ title, help })
    expect(UNITS[key]).toBe(unit)
  })
})
