import { oc } from '@orpc/contract'
import { z } from 'zod'
import { SettingKey, SettingsPatch, SettingsValues } from '../settings/schema'

export const SettingSource = z.enum(['flag', 'environment', 'file', 'default'])

export const SettingsState = z.object({
  values: SettingsValues,
  /** Where each value comes from; what a flag or the environment sets cannot be changed here. */
  sources: z.record(SettingKey, SettingSource),
  file: z.string(),
})
export type SettingsState = z.infer<typeof SettingsState>

export const settingsContract = {
  get: oc.output(SettingsState),
  /** Changes some keys and keeps the rest; writes the settings file. */
  update: oc
    .input(SettingsPatch)
    .errors({
      SETTING_FIXED: {
        status: 409,
        data: z.object({ key: z.string(), source: SettingSource }),
      },
      SETTINGS_UNWRITABLE: {
        status: 403,
        data: z.object({ file: z.string(), reason: z.string() }),
      },
    })
    .output(SettingsState),
}
