import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ServerInfo } from '@shared/backend/operations'
import { BackendError } from './backend'

/** The newest migration that this console brings along: it may call everything up to it. */
export function shippedSchema(resources: string): string {
  const versions = readdirSync(join(resources, 'supabase/migrations'))
    .map((name) => /^(\d{14})_\w+\.sql$/.exec(name)?.[1] ?? '')
    .sort()
  return versions.at(-1) ?? ''
}

export type SchemaProblem = 'server-older' | 'console-older'

/** Null where console and server fit. A newer server is fine as long as it serves this console. */
export function schemaProblem(
  info: Pick<ServerInfo, 'schemaVersion' | 'minClient'>,
  shipped: string,
  version: string,
): SchemaProblem | null {
  if (compareVersions(version, info.minClient) < 0) return 'console-older'
  return info.schemaVersion < shipped ? 'server-older' : null
}

export function schemaSentence(
  problem: SchemaProblem,
  info: Pick<ServerInfo, 'schemaVersion' | 'minClient'>,
  shipped: string,
): string {
  return problem === 'console-older'
    ? `The server asks for console ${info.minClient} or newer. Update this console.`
    : `The schema of the server is ${info.schemaVersion}; this console needs ${shipped}. Its maintainer can bring it up to date: prometheus-console db migrate --url …`
}

export const schemaMismatch = (message: string): BackendError =>
  new BackendError('schema_mismatch', message, { status: 200 })

/** Of two versions "1.2.3"; what follows a hyphen comes before the release. */
function compareVersions(a: string, b: string): number {
  const parts = (text: string) => {
    const [numbers = '', pre] = text.split('-', 2)
    return [...numbers.split('.').map(Number), pre === undefined ? 1 : 0]
  }
  const left = parts(a)
  const right = parts(b)
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
