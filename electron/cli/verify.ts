import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { MOST_BYTES } from '@shared/model/dsse'
import { KeyId, type PublicKey, readPem } from '@shared/model/keys'
import type { Check, Verification } from '@shared/model/verification'
import { logged } from '@shared/scan-report/logged'
import { verifyFile } from '../core/model'
import type { KnownKeys } from '../core/model/keys'
import { dataFolderOf } from '../core/node-platform'
import { json } from '../core/scan/export'
import { parseOptions } from './arguments'
import { text } from './messages'
import { type Style, styleFor } from './output/style'
import { choice, EXIT, UsageError } from './usage'

/** Recomputes all of a passport. 0 valid, 1 invalid or changed, 2 not decided, 64 wrong usage. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args)
  const format = choice('--format', values.format, ['text', 'json'])
  const [file, path, ...more] = positionals
  if (file === undefined || more.length > 0) throw new UsageError(text.verifyUsage)
  if (path !== undefined && !existsSync(path)) throw new UsageError(text.pathMissing(path))
  const named = namedKeys(values.key ?? [], values.trust ?? [])
  const bytes = readPassport(file)
  const known = await keysOf(dataFolderOf(values['data-dir'], process.env))
  const { verification, statement } = await verifyFile(bytes, named ?? known.trusted, new Date(), {
    only: named,
    retired: known.retired,
    path,
    passportFile: file,
  })
  process.stdout.write(
    format === 'json'
      ? json({ verification, statement: statement ?? null })
      : verificationText(verification, styleFor(process.stdout)),
  )
  return exitCodeOf(verification)
}

export function exitCodeOf({ outcome }: Verification): number {
  return { valid: EXIT.clean, invalid: EXIT.found, undecided: EXIT.error }[outcome]
}

function parse(args: string[]) {
  return parseOptions('verify', {
    args,
    allowPositionals: true,
    options: {
      key: { type: 'string', multiple: true },
      trust: { type: 'string', multiple: true },
      format: { type: 'string', default: 'text' },
      'data-dir': { type: 'string' },
    },
  })
}

/** Keys of this run, by id; undefined when none was named. */
function namedKeys(files: string[], ids: string[]): Map<string, string> | undefined {
  if (files.length + ids.length === 0) return undefined
  const keys = new Map<string, string>()
  for (const file of files) {
    const key = keyIn(file)
    if (key === undefined) throw new UsageError(text.noKeyFile(file))
    keys.set(key.keyId, file)
  }
  for (const written of ids) {
    // As the console shows it, in groups of four.
    const id = KeyId.safeParse(written.replaceAll(/[\s:]/g, '').toLowerCase())
    if (!id.success) throw new UsageError(text.noKeyId(written))
    keys.set(id.data, `the holder of ${id.data.slice(0, 9)}…`)
  }
  return keys
}

/** The public key in a file that the user names; undefined where there is none. */
export function keyIn(file: string): PublicKey | undefined {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return undefined
  return readPem(readFileSync(file, 'utf8').slice(0, 10_000))
}

/** Keys that the console of this data folder has or trusts; verifying alone makes no data folder. */
async function keysOf(dataFolder: string): Promise<KnownKeys> {
  const file = join(dataFolder, 'console.db')
  if (!existsSync(file)) return { trusted: new Map(), retired: new Set() }
  const { openDatabase } = await import('../core/database/open')
  const { knownKeys } = await import('../core/model/keys')
  const db = openDatabase(file)
  try {
    return knownKeys(db)
  } finally {
    db.close()
  }
}

/** One byte more than is allowed is read, so that what is too long is told as that. */
export function readPassport(file: string): Uint8Array {
  try {
    const { size } = statSync(file)
    if (size > MOST_BYTES) return new Uint8Array(MOST_BYTES + 1)
    return new Uint8Array(readFileSync(file))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new Error(text.noPassportFile(file, code ?? message))
  }
}

const MARKS: Record<Check['result'], [Parameters<Style>[0], string]> = {
  ok: ['green', '✓'],
  failed: ['red', '✗'],
  open: ['yellow', '?'],
  note: ['gray', '·'],
}
const COLOURS = { valid: 'green', invalid: 'red', undecided: 'yellow' } as const

export function verificationText(verification: Verification, style: Style): string {
  const { outcome, sentence, level, levelSentence, checks } = verification
  const lines = checks.map(({ result, sentence: said }) => {
    const [colour, mark] = MARKS[result]
    return `${style(colour, mark)} ${logged(said)}`
  })
  return `${[
    `${style(['bold', COLOURS[outcome]], text.outcome[outcome])}  ${logged(sentence)}`,
    ...(level !== null && levelSentence !== null ? [logged(text.level(level, levelSentence))] : []),
    ...lines,
  ].join('\n')}\n`
}
