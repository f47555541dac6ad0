import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileRules, RuleError, type RuleSet } from '@shared/scan-report/match'
import { RulePack } from '@shared/scan-report/rule'
import type { Platform } from '../platform'

/** Rules are read when they are first needed, so that starting a scan child never waits for them. */
export function rulesOnce(platform: Pick<Platform, 'paths'>): () => RuleSet {
  let loaded: RuleSet | undefined
  return () => {
    loaded ??= loadRules(join(platform.paths.resources, 'rules'))
    return loaded
  }
}

/**
 * Loads and validates resources/rules/*.json. The version is the newest pack's, with a hash of all
 * packs behind it, so that an edited rule is seen in every report. Throws RuleError.
 */
export function loadRules(folder: string): RuleSet {
  const hash = createHash('sha256')
  const packs = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      hash.update(text)
      return parsePack(name, text)
    })
  if (packs.length === 0)
    throw new RuleError(`There is no rule pack in ${folder}. Reinstall the console.`)
  const newest = packs
    .map((pack) => pack.version)
    .sort(compareVersions)
    .at(-1)
  return compileRules(`${newest}-${hash.digest('hex').slice(0, 8)}`, packs)
}

function parsePack(name: string, text: string): RulePack {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new RuleError(`Rule pack ${name} is not JSON: ${(error as Error).message}`)
  }
  const result = RulePack.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new RuleError(
    `Rule pack ${name}, ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? 'not valid'}.`,
  )
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number))
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
