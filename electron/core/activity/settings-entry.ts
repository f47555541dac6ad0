import type { SettingKey, SettingsValues } from '@shared/settings/schema'
import type { ActivityEntry } from '.'

/** The event of a change of settings; undefined where nothing is another than before. */
export function settingsEntry(
  operationId: string,
  before: SettingsValues,
  after: SettingsValues,
): ActivityEntry | undefined {
  const keys = (Object.keys(after) as SettingKey[]).filter((key) => before[key] !== after[key])
  if (keys.length === 0) return undefined
  const changed = keys.map((key) => [key, { before: before[key], after: after[key] }] as const)
  return {
    operationId,
    kind: 'settings.changed',
    subject: keys.join(', '),
    summary: `Changed ${changed
      .map(([key, { before: old, after: value }]) => `${key} from ${text(old)} to ${text(value)}`)
      .join(', ')}`,
    body: Object.fromEntries(changed),
  }
}

const text = (value: unknown) => JSON.stringify(value)
