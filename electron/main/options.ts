import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { dataFolderOf } from '../core/node-platform'
import { type SettingFlags, settingFlags } from '../core/settings/flags'

export interface ApplicationOptions {
  dataFolder: string
  /** Folders granted by the command line; dialogs and drops grant the rest. */
  roots: string[]
  flags: SettingFlags
}

/**
 * Flags, then the environment, then defaults. Flags that are not ours are left to Chromium, which
 * reads the same command line. Throws a sentence.
 */
export function parseOptions(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): ApplicationOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      'data-dir': { type: 'string' },
      root: { type: 'string', multiple: true },
      set: { type: 'string', multiple: true },
    },
  })
  const dataFolder = texts('data-dir', [values['data-dir'] ?? []].flat()).at(-1)
  const roots = texts('root', values.root ?? [environment.PROMETHEUS_ROOT || []].flat())
  return {
    dataFolder: dataFolderOf(dataFolder, environment),
    roots: roots.map((root) => resolve(root)),
    flags: settingFlags(texts('set', values.set ?? [])),
  }
}

/** A flag without its value arrives as `true`. */
function texts(flag: string, values: readonly (string | boolean)[]): string[] {
  return values.map((value) => {
    if (typeof value === 'string') return value
    throw new Error(`--${flag} needs a value: --${flag} VALUE.`)
  })
}
