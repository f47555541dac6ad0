import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { publishResult } from '@shared/benchmark/publication'
import type { ResultId } from '@shared/benchmark/result-row'
import type { CreatePassport, OfferedResult, PassportRow } from '@shared/contract/model'
import { PassportId } from '@shared/contract/model'
import {
  buildStatement,
  counterSign,
  NotPassportableError,
  signStatement,
} from '@shared/model/build'
import { openEnvelope } from '@shared/model/dsse'
import { weaker } from '@shared/model/evidence'
import { KeyId } from '@shared/model/keys'
import { MEASUREMENTS } from '@shared/model/measurement'
import { scanSectionOf } from '@shared/model/scan-section'
import type { Statement } from '@shared/model/statement'
import { fromUtf8, toUtf8 } from '@shared/model/utf8'
import { readStatement, type Verified, verifyPassport } from '@shared/model/verify'
import { ReportId } from '@shared/scan-report/report-row'
import type { ActivityLog } from '../activity'
import { ResultNotFoundError } from '../benchmark/questions'
import type { BenchmarkResults } from '../benchmark/results'
import type { Db } from '../database/open'
import { exclusively } from '../database/transaction'
import type { Platform } from '../platform'
import type { ReportStore } from '../scan/report-store'
import { verifyEd25519 } from './ed25519'
import { factsDigest } from './facts-digest'
import { hashModel } from './hash-files'
import { createKeys, type Keys } from './keys'
import { offeredResults } from './offered-results'
import { notReproduced } from './reproduce'

/** Passports: issued from stored reports, kept, handed out, and checked whoever issued them. */
export interface ModelService {
  keys: Keys
  list(): PassportRow[]
  /** Benchmark results that a passport of this report may carry; undefined where there is no report. */
  offered(reportId: ReportId): Promise<OfferedResult[] | undefined>
  /** Undefined where there is no such report. Rejects with NotPassportableError, ResultNotFoundError or SecretError. */
  create(input: CreatePassport, version: string): Promise<PassportRow | undefined>
  /** The bytes as they were signed. */
  find(id: PassportId): { row: PassportRow; envelope: string } | undefined
  /** Hands a passport out, which is recorded. */
  export(id: PassportId): Promise<ExportedPassport | undefined>
  remove(id: PassportId): Promise<boolean>
  /** By the keys of this workspace, unless `only` names others. */
  verify(bytes: Uint8Array, how?: VerifyHow): Promise<Verified>
  /** The same passport, signed with this workspace's key as well, if what it says was repeated here. */
  counterSign(bytes: Uint8Array): Promise<Uint8Array>
}

export interface ExportedPassport {
  fileName: string
  mediaType: string
  text: string
}

export interface VerifyHow {
  only?: ReadonlyMap<string, string> | undefined
  retired?: ReadonlySet<string> | undefined
  /** Folder or file of the model. */
  path?: string | undefined
  /** Where the passport lies, which is then no file of the model. */
  passportFile?: string | undefined
  signal?: AbortSignal | undefined
}

export interface ModelParts {
  db: Db
  platform: Pick<Platform, 'now' | 'paths' | 'randomId' | 'secrets' | 'user'>
  activity: ActivityLog
  reports: Pick<ReportStore, 'find'>
  results: Pick<BenchmarkResults, 'find' | 'matching'>
}

export function createModelService(parts: ModelParts): ModelService {
  const { db, platform, activity, reports, results } = parts
  const keys = createKeys(db, platform, activity)
  const insert = db.prepare(
    `INSERT INTO passport (id, name, issued_at, valid_until, level, key_id, report_id, files,
       measurements, verdict, grade, bytes, sha256, envelope) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
  )
  const insertResult = db.prepare(
    'INSERT OR IGNORE INTO passport_result (passport_id, result_id) VALUES (?,?)',
  )
  const select = db.prepare(`SELECT ${COLUMNS} FROM passport ORDER BY issued_at DESC, id`)
  const selectOne = db.prepare(`SELECT ${COLUMNS}, envelope FROM passport WHERE id = ?`)

  const find: ModelService['find'] = (id) => {
    const found = selectOne.get(id) as (StoredPassport & { envelope: string }) | undefined
    return found && { row: rowOf(found), envelope: found.envelope }
  }
  /** Throws ResultNotFoundError. */
  const measurementOf = (id: ResultId) => {
    const found = results.find(id)
    if (found === undefined) throw new ResultNotFoundError(id)
    return publishResult(found.result)
  }
  const record = (kind: 'passport.created' | 'passport.exported' | 'passport.removed') => ({
    operationId: platform.randomId(),
    kind,
  })

  return {
    keys,
    find,
    list: () => (select.all() as StoredPassport[]).map(rowOf),
    async offered(reportId) {
      const found = await reports.find(reportId)
      if (found === undefined) return undefined
      const hashes = found.report.files.flatMap(({ sha256 }) => sha256 ?? [])
      return offeredResults(new Set(hashes), results)
    },
    async create(input, version) {
      const found = await reports.find(input.reportId)
      if (found === undefined) return undefined
      const scan = scanSectionOf(found.report, await factsDigest(db, input.reportId))
      if (scan.summary.grade !== found.report.summary.grade)
        throw new NotPassportableError(
          'The grade of this report is not what its findings give; scan again.',
        )
      const signer = await keys.signer()
      const name = input.name ?? found.row.name
      const issuedAt = platform.now()
      const { validUntil, level } = input
      const measurements = [...input.results.map(measurementOf), ...input.measurements]
      const statement = buildStatement(
        {
          model: { name, licence: input.licence },
          producer: { name: 'prometheus-console', version },
          issuedAt,
          validUntil,
          level,
          scan,
          measurements,
        },
        signer.key,
        MEASUREMENTS,
      )
      const envelope = await signStatement(statement, signer)
      const row: PassportRow = {
        id: PassportId.parse(platform.randomId()),
        name,
        issuedAt,
        validUntil,
        level: weaker(level, OWN_LEVEL),
        keyId: signer.key.keyId,
        reportId: input.reportId,
        files: scan.files.length,
        measurements: measurements.length,
        verdict: scan.summary.verdict,
        grade: scan.summary.grade,
        bytes: envelope.length,
        sha256: createHash('sha256').update(envelope).digest('hex'),
      }
      await exclusively(db, () => {
        insert.run(
          row.id,
          name,
          issuedAt.getTime(),
          validUntil?.getTime() ?? null,
          level,
          row.keyId,
          row.reportId,
          row.files,
          row.measurements,
          row.verdict,
          row.grade,
          row.bytes,
          row.sha256,
          fromUtf8(envelope),
        )
        for (const id of input.results) insertResult.run(row.id, id)
        activity.append({
          ...record('passport.created'),
          subject: row.id,
          summary: `Issued a passport for ${name}: ${row.verdict}, grade ${row.grade}`,
          body: {
            reportId: row.reportId,
            keyId: row.keyId,
            sha256: row.sha256,
            level,
            results: input.results,
          },
        })
      })
      return row
    },
    async export(id) {
      const found = find(id)
      if (found === undefined) return undefined
      const exported = {
        fileName: `${fileNameOf(found.row.name)}.passport.json`,
        mediaType: 'application/json',
        text: found.envelope,
      }
      await activity.note({
        ...record('passport.exported'),
        subject: id,
        summary: `Exported the passport of ${found.row.name}`,
        body: { fileName: exported.fileName, sha256: found.row.sha256 },
      })
      return exported
    },
    remove: (id) =>
      exclusively(db, () => {
        const found = find(id)
        if (found === undefined) return false
        db.prepare('DELETE FROM passport WHERE id = ?').run(id)
        activity.append({
          ...record('passport.removed'),
          subject: id,
          summary: `Deleted the passport of ${found.row.name}; copies of it stay valid`,
          body: { sha256: found.row.sha256 },
        })
        return true
      }),
    verify(bytes, how) {
      const { trusted, retired } = keys.known()
      return verifyFile(bytes, how?.only ?? trusted, platform.now(), { retired, ...how })
    },
    async counterSign(bytes) {
      const signer = await keys.signer()
      const { signatures, payload } = openEnvelope(bytes)
      const issuer = signatures[0]?.key.keyId
      if (keys.state().own.some(({ keyId }) => keyId === issuer))
        throw new NotPassportableError(
          'This console issued the passport itself; a witness has to be somebody else.',
        )
      const statement = readStatement(payload)
      const { level } = statement.predicate.evidence
      const missing =
        level === 'reproduced' || level === 'audited'
          ? notReproduced(statement, results)
          : undefined
      if (missing !== undefined) throw new NotPassportableError(missing)
      return counterSign(bytes, signer)
    },
  }
}

/** Verification without a workspace, for the command line. Rejects where the path cannot be read. */
export async function verifyFile(
  bytes: Uint8Array,
  trusted: ReadonlyMap<string, string>,
  now: Date,
  { only, retired, path, passportFile, signal }: VerifyHow = {},
): Promise<Verified> {
  return verifyPassport(bytes, {
    verifySignature: verifyEd25519,
    trusted,
    ...(retired && { retired }),
    onlyThese: only !== undefined,
    now,
    registry: MEASUREMENTS,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    filesFor: async (subject) =>
      path === undefined ? undefined : hashModel(path, subject, { except: passportFile, signal }),
  })
}

/** The one-file verifier as it was built. Throws the system's error where it was not. */
export function readVerifier(file: string) {
  const text = readFileSync(file, 'utf8')
  return {
    fileName: 'passport-verifier.html',
    mediaType: 'text/html',
    text,
    bytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  }
}

export function statementOf(envelope: string): Statement {
  return JSON.parse(fromUtf8(openEnvelope(toUtf8(envelope)).payload)) as Statement
}

/** A name for a file on every system. */
function fileNameOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/[^A-Za-z0-9._-]+/g, '-')
  return plain.replace(/^[-.]+|[-.]+$/g, '').slice(0, 80) || 'model'
}

/** What our own signature carries, whatever the passport claims. */
const OWN_LEVEL = 'signed'

const COLUMNS = `id, name, issued_at, valid_until, level, key_id, report_id, files, measurements,
  verdict, grade, bytes, sha256`

interface StoredPassport {
  id: string
  name: string
  issued_at: number
  valid_until: number | null
  level: PassportRow['level']
  key_id: string
  report_id: string
  files: number
  measurements: number
  verdict: PassportRow['verdict']
  grade: PassportRow['grade']
  bytes: number
  sha256: string
}

function rowOf(stored: StoredPassport): PassportRow {
  const { id, name, level, files, measurements, verdict, grade, bytes, sha256 } = stored
  return {
    id: PassportId.parse(id),
    name,
    issuedAt: new Date(stored.issued_at),
    validUntil: stored.valid_until === null ? null : new Date(stored.valid_until),
    level: weaker(level, OWN_LEVEL),
    keyId: KeyId.parse(stored.key_id),
    reportId: ReportId.parse(stored.report_id),
    files,
    measurements,
    verdict,
    grade,
    bytes,
    sha256,
  }
}
