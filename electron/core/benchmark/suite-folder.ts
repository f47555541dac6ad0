import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { SuiteManifest, type SuiteReference } from '@shared/benchmark/suite'
import { canonicalJson } from '@shared/scan-report/canonical-json'

/** A manifest is a page of text; whatever is longer is none. */
const MOST_BYTES = 4 * 1024 * 1024

/** A suite that can be run: its manifest, and where its files are. */
export interface OpenSuite {
  manifest: SuiteManifest
  /** Absolute. */
  folder: string
  reference: SuiteReference
}

/** What is wrong with a suite, and where. */
export class SuiteError extends Error {
  override readonly name = 'SuiteError'
  readonly suite: string
  readonly reason: string
  /** There is no such suite; otherwise it is there and not right. */
  readonly missing: boolean
  constructor(suite: string, reason: string, missing = false) {
    super(`${suite}: ${reason}`)
    this.suite = suite
    this.reason = reason
    this.missing = missing
  }
}

/** Reads suite.json of a folder. The files it names are checked by whoever reads them, by their hash. */
export function readSuite(folder: string): OpenSuite {
  const name = basename(folder)
  const file = join(folder, 'suite.json')
  let value: unknown
  try {
    if (statSync(file).size > MOST_BYTES) throw new SuiteError(name, 'suite.json is too long.')
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof SuiteError) throw error
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new SuiteError(name, `There is no suite.json in ${folder}.`, true)
    throw new SuiteError(name, `suite.json cannot be read: ${(error as Error).message}`)
  }
  const parsed = SuiteManifest.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new SuiteError(name, `suite.json: ${issue?.path.join('.') || 'it'} ${issue?.message}`)
  }
  const manifest = parsed.data
  const sha256 = createHash('sha256').update(canonicalJson(value)).digest('hex')
  return {
    manifest,
    folder,
    reference: { id: manifest.id, version: manifest.version, sha256 },
  }
}
