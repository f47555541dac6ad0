import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { SettingsState } from '@shared/contract/settings'
import {
  acceptedBy,
  environmentName,
  SETTING_KEYS,
  SETTINGS,
  type SettingKey,
  type SettingsValues,
} from '@shared/settings/schema'
import { ensureFolder } from '../data-folder'

/** A value that cannot be used. Says where it stands, what is wrong and what to do. */
export class SettingError extends Error {
  override readonly name = 'SettingError'
}

/** A key that a flag or the environment fixes for this run. */
export class SettingFixedError extends Error {
  override readonly name = 'SettingFixedError'
  readonly key: SettingKey
  readonly source: 'flag' | 'environment'
  constructor(key: SettingKey, source: 'flag' | 'environment') {
    super(`${key} is set by ${source === 'flag' ? 'a flag' : environmentName(key)} for this run.`)
    this.key = key
    this.source = source
  }
}

export interface SettingsService {
  get(): SettingsState
  values(): SettingsValues
  /** Writes the file before it answers; throws SettingFixedError or the system's error. */
  update(patch: { [K in SettingKey]?: SettingsValues[K] | undefined }): SettingsState
}

export interface SettingsSources {
  file: string
  environment: Readonly<Record<string, string | undefined>>
  /** `--set key=value` of this run. */
  flags: Readonly<Partial<Record<SettingKey, string>>>
}

/** Precedence: flag > environment > file > default. Throws SettingError on any value that does not fit. */
export function createSettings(sources: SettingsSources): SettingsService {
  let stored = readSettingsFile(sources.file)
  let state = resolve(sources, stored)
  return {
    get: () => state,
    values: () => state.values,
    update(patch) {
      for (const key of Object.keys(patch) as SettingKey[]) {
        const source = state.sources[key]
        if (source === 'flag' || source === 'environment') throw new SettingFixedError(key, source)
      }
      const next = { ...stored, ...patch }
      const resolved = resolve(sources, next)
      ensureFolder(dirname(sources.file))
      // A crash between the two leaves the old file whole.
      writeFileSync(`${sources.file}.new`, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 })
      renameSync(`${sources.file}.new`, sources.file)
      stored = next
      state = resolved
      return state
    },
  }
}

function readSettingsFile(file: string): Record<string, unknown> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    // No file, or a file where its folder should be: then nothing is stored there.
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return {}
    throw new SettingError(`${file} cannot be read: ${(error as Error).message}.`)
  }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {
    // Falls through to the one sentence below.
  }
  throw new SettingError(
    `${file} is not a JSON object. Correct it, or delete it to start with defaults.`,
  )
}

function resolve(sources: SettingsSources, stored: Record<string, unknown>): SettingsState {
  const values: Record<string, unknown> = {}
  const from: Record<string, SettingsState['sources'][SettingKey]> = {}
  for (const key of SETTING_KEYS) {
    const name = environmentName(key)
    const environment = sources.environment[name]
    if (sources.flags[key] !== undefined) {
      from[key] = 'flag'
      values[key] = parse(key, sources.flags[key], `--set ${key}`)
    } else if (environment !== undefined && environment !== '') {
      from[key] = 'environment'
      values[key] = parse(key, environment, name)
    } else if (Object.hasOwn(stored, key)) {
      from[key] = 'file'
      values[key] = check(key, stored[key], `${sources.file}: ${key}`)
    } else {
      from[key] = 'default'
      values[key] = SETTINGS[key].schema.parse(undefined)
    }
  }
  return {
    values: values as SettingsValues,
    sources: from as SettingsState['sources'],
    file: sources.file,
  }
}

/** Text from a flag or the environment: numbers and booleans are written as in JSON. */
function parse(key: SettingKey, text: string, where: string): unknown {
  const value: unknown = /^(true|false|-?(0|[1-9]\d*)(\.\d+)?)$/.test(text)
    ? JSON.parse(text)
    : text
  return check(key, value, where)
}

function check(key: SettingKey, value: unknown, where: string): unknown {
  const result = SETTINGS[key].schema.safeParse(value)
  if (result.success) return result.data
  throw new SettingError(
    `${where} = ${JSON.stringify(value)} does not fit; use ${acceptedBy(key)}.`,
  )
}
