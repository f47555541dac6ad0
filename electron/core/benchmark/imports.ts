import type { Evidence } from '@shared/benchmark/evidence'
import { HEADLINE } from '@shared/benchmark/measures'
import { BENCHMARK_RESULT, publishedResult } from '@shared/benchmark/publication'
import type { BenchmarkResult } from '@shared/benchmark/result'
import { ResultId, ResultRow } from '@shared/benchmark/result-row'
import { figureOf, summarise } from '@shared/benchmark/summarise'
import type { ImportedPassport } from '@shared/contract/benchmark'
import type { PassportId } from '@shared/contract/model'
import { openEnvelope } from '@shared/model/dsse'
import { evidenceSentence, type Signatures, supportedLevel } from '@shared/model/evidence'
import { fromUtf8, toUtf8 } from '@shared/model/utf8'
import type { Verified } from '@shared/model/verify'
import type { ActivityLog } from '../activity'
import type { Db } from '../database/open'
import { exclusively } from '../database/transaction'
import type { Platform } from '../platform'
import type { BenchmarkResults } from './results'
import type { Suites } from './suites'

/** A passport is not taken in, and why. */
export class ImportRefusedError extends Error {
  override readonly name = 'ImportRefusedError'
}

/** Results that others measured and signed: ranked along, never mixed into the workspace's own. */
export interface BenchmarkImports {
  /** Newest first; the level follows from the keys that are trusted now. */
  list(): ImportedPassport[]
  /** Throws ImportRefusedError. */
  add(bytes: Uint8Array): Promise<ImportedPassport>
  remove(id: string): Promise<boolean>
  /** Rows for rankings, each of the level of its passport. */
  rows(): ResultRow[]
}

export interface ImportParts {
  db: Db
  platform: Pick<Platform, 'now' | 'randomId'>
  activity: ActivityLog
  results: Pick<BenchmarkResults, 'matching' | 'find'>
  suites: Suites
  verify(bytes: Uint8Array): Promise<Verified>
  /** Keys that are trusted, with what their holders are called; own ones are this console's. */
  trusted(): ReadonlyMap<string, string>
  ownKeys(): ReadonlySet<string>
  /** Passports that this workspace issued. */
  passports(): { id: PassportId; envelope: string }[]
}

export function createBenchmarkImports(parts: ImportParts): BenchmarkImports {
  const { db, platform, activity } = parts
  const select = db.prepare('SELECT * FROM benchmark_import ORDER BY imported_at DESC, id')
  const insert = db.prepare(
    `INSERT INTO benchmark_import (id, sha256, imported_at, name, claimed, signers, own_passport, rows, envelope)
     VALUES (?,?,?,?,?,?,?,?,?)`,
  )
  const stored = () => select.all() as StoredImport[]

  function signaturesOf({ signers }: StoredImport): Signatures {
    const trusted = parts.trusted()
    const [issuer = '', ...others] = JSON.parse(signers) as string[]
    const name = trusted.get(issuer)
    return {
      issuer: { trusted: name !== undefined, name: name ?? 'the issuer' },
      witnesses: others.flatMap((key) => {
        const called = trusted.get(key)
        return called === undefined || called === name ? [] : [{ name: called }]
      }),
    }
  }

  function shown(one: StoredImport): ImportedPassport {
    const by = signaturesOf(one)
    const level = supportedLevel(one.claimed, by)
    return {
      id: one.id,
      name: one.name,
      importedAt: new Date(one.imported_at),
      level,
      levelSentence: evidenceSentence(level, by),
      ofOwn: one.own_passport !== null,
      results: (JSON.parse(one.rows) as unknown[]).length,
      sha256: one.sha256,
    }
  }

  return {
    list: () => stored().map(shown),
    rows: () =>
      stored().flatMap((one) => {
        const { level } = shown(one)
        return ResultRow.array()
          .parse(JSON.parse(one.rows, revive))
          .map((row) => ({ ...row, evidence: level }))
      }),
    async add(bytes) {
      const { verification, statement } = await parts.verify(bytes)
      const wrong = verification.checks.find(({ result }) => result === 'failed')
      if (wrong !== undefined || statement === undefined)
        throw new ImportRefusedError(wrong?.sentence ?? verification.sentence)
      if (!verification.signatures.some(({ trusted }) => trusted))
        throw new ImportRefusedError(
          'No key that you trust has signed it. Trust the key of its issuer first, then import it again.',
        )
      const sha256 = verification.sha256
      if (stored().some((one) => one.sha256 === sha256))
        throw new ImportRefusedError('This very passport is imported already.')
      const { model, evidence, measurements } = statement.predicate
      const signers = verification.signatures.map(({ keyId }) => keyId)
      const ownPassport = ownCopy(bytes, signers)
      const rows =
        ownPassport === null
          ? measurements.flatMap(({ schema, document }) =>
              schema === BENCHMARK_RESULT.schema
                ? [rowOf(publishedResult(document), model.name)]
                : [],
            )
          : []
      if (ownPassport === null && rows.length === 0)
        throw new ImportRefusedError('It holds no benchmark result.')
      const id = platform.randomId()
      await exclusively(db, () => {
        const at = platform.now().getTime()
        const text = fromUtf8(bytes)
        const list = JSON.stringify(rows)
        const keys = JSON.stringify(signers)
        insert.run(id, sha256, at, model.name, evidence.level, keys, ownPassport, list, text)
        activity.append({
          operationId: platform.randomId(),
          kind: 'benchmark.imported',
          subject: id,
          summary:
            ownPassport === null
              ? `Imported a passport with results of ${model.name}`
              : `Imported a copy of its own passport of ${model.name} that others signed`,
          body: { sha256, signers, results: rows.length },
        })
      })
      const added = stored().find((one) => one.id === id)
      if (added === undefined) throw new Error('The import was not recorded.')
      return shown(added)
    },
    remove: (id) =>
      exclusively(db, () => {
        const found = stored().find((one) => one.id === id)
        if (found === undefined) return false
        db.prepare('DELETE FROM benchmark_import WHERE id = ?').run(id)
        activity.append({
          operationId: platform.randomId(),
          kind: 'benchmark.import-removed',
          subject: id,
          summary: `Removed the imported passport of ${found.name}`,
          body: { sha256: found.sha256 },
        })
        return true
      }),
  }

  /** The passport of this workspace that says the same to the byte; null for one of somebody else. */
  function ownCopy(bytes: Uint8Array, signers: readonly string[]): PassportId | null {
    if (!parts.ownKeys().has(signers[0] ?? '')) return null
    const { payload } = openEnvelope(bytes)
    const said = Buffer.from(payload)
    const found = parts
      .passports()
      .find(({ envelope }) => said.equals(openEnvelope(toUtf8(envelope)).payload))
    if (found === undefined)
      throw new ImportRefusedError(
        'This console issued it and has deleted it since; its results are here as they were measured.',
      )
    if (signers.length < 2)
      throw new ImportRefusedError('This console issued it, and nobody else has signed it.')
    return found.id
  }

  /** Throws ImportRefusedError where the suite is another than the one of that name and version here. */
  function rowOf(result: BenchmarkResult, name: string): ResultRow {
    const { suite, scenario, engine, model } = result
    const here = parts.suites.list().find(({ id }) => id === suite.id)
    const own = here?.version === suite.version ? parts.suites.open(here.choice) : undefined
    const [measured] = parts.results.matching({ suiteId: suite.id, suiteVersion: suite.version })
    const known =
      own?.reference.sha256 ?? (measured && parts.results.find(measured.id)?.result.suite.sha256)
    if (known !== undefined && known !== suite.sha256)
      throw new ImportRefusedError(
        `It was measured with another suite that is called ${suite.id} ${suite.version} as well; results of the two are never ranked together.`,
      )
    const { accuracy, figures, launches } = summarise(result)
    return {
      id: ResultId.parse(platform.randomId()),
      runId: platform.randomId(),
      role: 'model',
      name,
      format: model.format,
      modelSha256: model.files[0]?.sha256 ?? '',
      modelBytes: model.files.reduce((sum, { bytes }) => sum + bytes, 0),
      suite: {
        id: suite.id,
        version: suite.version,
        title: own?.manifest.title ?? measured?.suite.title ?? suite.id,
        category: own?.manifest.category ?? measured?.suite.category ?? 'imported',
      },
      scenario: scenario.kind,
      engine: { name: engine.name, version: engine.version, threads: engine.threads },
      profile: result.profile.name,
      startedAt: new Date(result.startedAt),
      fingerprint: result.environment.fingerprint,
      hardwareClass: result.environment.hardwareClass,
      grade: result.grade,
      publishable: true,
      evidence: 'self-reported',
      override: result.scan.override,
      launches: launches.counted,
      headline: figureOf(result.launches, HEADLINE[scenario.kind]) ?? null,
      accuracy: accuracy[0] ?? null,
      memoryBytes: figures.find(({ measure }) => measure === 'memory')?.estimate ?? null,
      series: '',
    }
  }
}

const revive = (key: string, value: unknown) =>
  key === 'startedAt' && typeof value === 'string' ? new Date(value) : value

interface StoredImport {
  id: string
  sha256: string
  imported_at: number
  name: string
  claimed: Evidence
  signers: string
  own_passport: string | null
  rows: string
  envelope: string
}
