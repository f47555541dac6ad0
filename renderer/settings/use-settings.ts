import { safe } from '@orpc/client'
import type { SettingSource, SettingsState } from '@shared/contract/settings'
import type { SettingKey, SettingsValues } from '@shared/settings/schema'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { describeError } from '../app/errors'
import { client, orpc } from '../app/rpc'
import { notify } from '../ui/toast'
import { text } from './change-messages'

export type Source = z.infer<typeof SettingSource>

const options = () => orpc.settings.get.queryOptions()

export const useSettings = () => useQuery(options())

/** What a flag or the environment says cannot be changed from here. */
export const isFixed = (source: Source): boolean => source === 'flag' || source === 'environment'

export interface ChangeOptions {
  /** What was changed, for the notice with Undo; without it there is none. */
  title?: string
}

/**
 * Writes one setting. The new value shows at once and is taken back if the host refuses it.
 * Answers null, or the sentence of what is wrong.
 */
export function useChangeSetting() {
  const cache = useQueryClient()
  const { queryKey } = options()

  return async function change<K extends SettingKey>(
    key: K,
    value: SettingsValues[K],
    { title }: ChangeOptions = {},
  ): Promise<string | null> {
    const before = cache.getQueryData<SettingsState>(queryKey)
    if (before?.values[key] === value) return null
    await cache.cancelQueries({ queryKey })
    if (before) {
      const values = { ...before.values, [key]: value }
      cache.setQueryData<SettingsState>(queryKey, { ...before, values })
    }
    const { error, data, isDefined } = await safe(client.settings.update({ [key]: value }))
    if (error) {
      cache.setQueryData(queryKey, before)
      if (!isDefined) return validationIssue(error) ?? describeError(error).message
      return error.code === 'SETTING_FIXED'
        ? text.fixedBy[error.data.source]
        : text.unwritable(error.data.file, error.data.reason)
    }
    cache.setQueryData(queryKey, data)
    if (title !== undefined && before) {
      const run = () => void change(key, before.values[key])
      notify({
        title: text.changed(title),
        key: `setting:${key}`,
        action: { label: text.undo, run },
      })
    }
    return null
  }
}

/** The host checks ranges; its answer carries zod's issues, of which the first is shown. */
function validationIssue(error: object): string | null {
  if (!('data' in error)) return null
  const { data } = error
  if (typeof data !== 'object' || data === null || !('issues' in data)) return null
  const [issue] = Array.isArray(data.issues) ? data.issues : []
  if (issue?.code === 'too_big') return text.atMost(Number(issue.maximum))
  if (issue?.code === 'too_small') return text.atLeast(Number(issue.minimum))
  return typeof issue?.message === 'string' ? issue.message : null
}
