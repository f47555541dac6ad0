import { SETTING_KEYS, type SettingKey } from '@shared/settings/schema'
import { SettingError } from '.'

export type SettingFlags = Partial<Record<SettingKey, string>>

/** `--set key=value` of a command line. Throws SettingError for a key that does not exist. */
export function settingFlags(pairs: readonly string[]): SettingFlags {
  const flags: SettingFlags = {}
  for (const pair of pairs) {
    const [key = '', ...value] = pair.split('=')
    if (!SETTING_KEYS.includes(key as SettingKey) || value.length === 0)
      throw new SettingError(
        `--set ${pair} is not understood; write --set key=value with one of ${SETTING_KEYS.join(', ')}.`,
      )
    flags[key as SettingKey] = value.join('=')
  }
  return flags
}
