import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { requireFolders } from '../core/data-folder'
import { dataFolderOf } from '../core/node-platform'
import { type SettingFlags, settingFlags } from '../core/settings/flags'

export interface HostOptions {
  dataFolder: string
  roots: string[]
  port: number
  open: boolean
  flags: SettingFlags
}

/** A flag that cannot be used; the sentence says which and what would be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Flags of the loopback host, then the environment, then defaults. Throws a sentence. */
export function parseHostOptions(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): HostOptions {
  const { values } = parse(args)
  const port = values.port ?? (environment.PROMETHEUS_PORT || '0')
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535)
    throw new UsageError(
      `--port ${port} is not a port; use a number from 0 (any free one) to 65535.`,
    )
  const named = values.root ?? (environment.PROMETHEUS_ROOT ? [environment.PROMETHEUS_ROOT] : [])
  requireFolders(named)
  return {
    dataFolder: dataFolderOf(values['data-dir'], environment),
    roots: (named.length > 0 ? named : [homedir()]).map((root) => resolve(root)),
    port: Number(port),
    open: values.open ?? false,
    flags: settingFlags(values.set ?? []),
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        port: { type: 'string' },
        'data-dir': { type: 'string' },
        root: { type: 'string', multiple: true },
        open: { type: 'boolean' },
        set: { type: 'string', multiple: true },
      },
    })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}
