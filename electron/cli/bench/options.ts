import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { EVIDENCE } from '@shared/benchmark/evidence'
import { ENGINES, PROFILES, SCENARIOS } from '@shared/benchmark/scales'
import type { SuiteChoice } from '@shared/contract/benchmark'
import { dataFolderOf } from '../../core/node-platform'
import { settingFlags } from '../../core/settings/flags'
import { parseOptions } from '../arguments'
import { choice, UsageError } from '../usage'
import { text } from './messages'

export const FORMATS = ['text', 'json', 'csv', 'markdown', 'passport'] as const
export type Format = (typeof FORMATS)[number]
export type BenchOptions = ReturnType<typeof parseBenchOptions>

/** Of every bench command. Throws UsageError. */
export function parseBenchOptions(args: string[]) {
  const { values, positionals } = parse(args)
  return {
    names: positionals,
    format: choice('--format', values.format ?? 'text', FORMATS),
    output: values.output,
    suite: values.suite,
    scenario: values.scenario && choice('--scenario', values.scenario, SCENARIOS),
    engine: values.engine && choice('--engine', values.engine, ENGINES),
    profile: choice('--profile', values.profile ?? 'quick', PROFILES),
    threads: whole('--threads', values.threads, 1, 256) ?? 1,
    launches: whole('--launches', values.launches, 1, 100),
    seed: whole('--seed', values.seed, 0, 0xffffffff),
    references: values.references ?? true,
    baseline: values.baseline,
    /** Part, not percent. */
    delta: percent('--threshold', values.threshold),
    unscanned: values.unscanned,
    remove: values.remove,
    /** What a passport claims; a witness has to carry more than "signed". */
    level: choice('--level', values.level ?? 'signed', EVIDENCE),
    dataFolder: dataFolderOf(values['data-dir'], process.env),
    flags: settingFlags(values.set ?? []),
  }
}

/** A folder where there is one of that name; otherwise a built-in suite. */
export function suiteChoice(name: string): SuiteChoice {
  return existsSync(name) ? { kind: 'folder', path: resolve(name) } : { kind: 'built-in', id: name }
}

function parse(args: string[]) {
  return parseOptions('bench', {
    args,
    allowPositionals: true,
    allowNegative: true,
    options: {
      format: { type: 'string' },
      output: { type: 'string', short: 'o' },
      suite: { type: 'string' },
      scenario: { type: 'string' },
      engine: { type: 'string' },
      profile: { type: 'string' },
      threads: { type: 'string' },
      launches: { type: 'string' },
      seed: { type: 'string' },
      references: { type: 'boolean' },
      baseline: { type: 'string' },
      threshold: { type: 'string' },
      unscanned: { type: 'string' },
      remove: { type: 'string' },
      level: { type: 'string' },
      'data-dir': { type: 'string' },
      set: { type: 'string', multiple: true },
    },
  })
}

function whole(
  flag: string,
  value: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (value === undefined) return undefined
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (!(number >= least && number <= most))
    throw new UsageError(text.notNumber(flag, value, least, most))
  return number
}

function percent(flag: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const number = Number(value.replace(/ ?%$/, ''))
  if (!(number >= 0.1 && number <= 50)) throw new UsageError(text.notNumber(flag, value, 0.1, 50))
  return number / 100
}
