import { realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ResultId } from '@shared/benchmark/result-row'
import { PassportId } from '@shared/contract/model'
import { fingerprintOf, KeyId } from '@shared/model/keys'
import { EVIDENCE_LEVELS, Measurement, type Statement } from '@shared/model/statement'
import { toUtf8 } from '@shared/model/utf8'
import type { Verification } from '@shared/model/verification'
import { logged } from '@shared/scan-report/logged'
import { ReportId } from '@shared/scan-report/report-row'
import { version } from '../../package.json'
import { createActivityLog } from '../core/activity'
import { type BenchmarkResults, createBenchmarkResults } from '../core/benchmark/results'
import { createBenchmarkRuns } from '../core/benchmark/runs'
import { ensureFolder } from '../core/data-folder'
import { openDatabase } from '../core/database/open'
import { createModelService, type ModelService, readVerifier } from '../core/model'
import { createNodePlatform, dataFolderOf } from '../core/node-platform'
import { json } from '../core/scan/export'
import { createReportStore, type ReportStore } from '../core/scan/report-store'
import { seriesOf } from '../core/scan/series'
import { parseOptions } from './arguments'
import { text } from './messages'
import { styleFor } from './output/style'
import { writeWhole } from './output/write'
import { readJsonFile } from './reports'
import { choice, EXIT, UsageError } from './usage'
import { exitCodeOf, keyIn, readPassport, verificationText } from './verify'

type Values = ReturnType<typeof parse>['values']

interface Work {
  model: ModelService
  reports: ReportStore
  values: Values
  results: BenchmarkResults
  format: 'text' | 'json'
  /** The built verifier. */
  verifier: string
}

/** Each gets the words after its own. */
const WORDS: Record<string, (work: Work, words: string[]) => Promise<number>> = {
  create,
  list,
  show,
  export: exportTo,
  countersign,
  keys,
}

export async function run(args: string[], bundleFolder: string): Promise<number> {
  const { values, positionals } = parse(args)
  const [word = '', ...words] = positionals
  const work = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined
  if (work === undefined) throw new UsageError(text.passportUsage)
  const platform = createNodePlatform({
    host: 'command-line',
    dataFolder: dataFolderOf(values['data-dir'], process.env),
    roots: [],
    node: process.execPath,
    bundleFolder,
    resources: join(bundleFolder, '../../resources'),
  })
  const format = choice('--format', values.format, ['text', 'json'])
  ensureFolder(platform.paths.data)
  const db = openDatabase(join(platform.paths.data, 'console.db'))
  try {
    const activity = createActivityLog(db, platform)
    const reports = createReportStore(db, activity, platform)
    const runs = createBenchmarkRuns(db)
    const results = createBenchmarkResults(db, activity, runs, () => platform.randomId())
    const model = createModelService({ db, platform, activity, reports, results })
    return await work(
      { model, reports, results, values, format, verifier: platform.paths.verifier },
      words,
    )
  } finally {
    db.close()
  }
}

function parse(args: string[]) {
  return parseOptions('passport', {
    args,
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      licence: { type: 'string' },
      'valid-until': { type: 'string' },
      level: { type: 'string', default: 'signed' },
      result: { type: 'string', multiple: true },
      measurement: { type: 'string', multiple: true },
      output: { type: 'string' },
      format: { type: 'string', default: 'text' },
      'data-dir': { type: 'string' },
    },
  })
}

async function create(work: Work, words: string[]): Promise<number> {
  const { model, reports, results, values, format } = work
  const named = values.result ?? []
  const ids = named.filter((name) => name !== NEWEST).map(resultIdOf)
  const reportId =
    words.length === 0 && ids[0] !== undefined
      ? reportOfResult(results, ids[0])
      : await reportOf(reports, words)
  const offered = named.includes(NEWEST) ? await model.offered(reportId) : []
  const newest = (offered ?? []).flatMap(({ row, chosen }) => (chosen ? row.id : []))
  if (named.includes(NEWEST) && newest.length === 0) throw new UsageError(text.nothingMeasured)
  const row = await model.create(
    {
      reportId,
      ...(values.name !== undefined && { name: values.name }),
      licence: values.licence ?? null,
      validUntil: endOf(values['valid-until']),
      level: choice('--level', values.level, EVIDENCE_LEVELS),
      results: [...new Set([...ids, ...newest])],
      measurements: (values.measurement ?? []).map(measurementIn),
    },
    version,
  )
  if (row === undefined) throw new UsageError(text.noReport(words.join(' ')))
  if (values.output !== undefined) await writePassport(model, row.id, values.output)
  process.stdout.write(format === 'json' ? json(row) : `${logged(text.issued(row.name, row.id))}\n`)
  return EXIT.clean
}

/** In the place of an id: the newest result of each suite that was measured with these files. */
const NEWEST = 'newest'

function resultIdOf(name: string): ResultId {
  const id = ResultId.safeParse(name)
  if (!id.success) throw new UsageError(text.noBenchmarkResult(name))
  return id.data
}

/** The scan that the benchmark itself made of the model before it ran it. */
function reportOfResult(results: BenchmarkResults, id: ResultId): ReportId {
  const found = results.find(id)
  if (found === undefined) throw new UsageError(text.noBenchmarkResult(id))
  const report = ReportId.safeParse(found.result.scan.reportId)
  if (!report.success) throw new UsageError(text.noReportOfResult(id))
  return report.data
}

/** A report by its id, or the newest scan of these paths. Throws UsageError. */
async function reportOf(reports: ReportStore, words: string[]): Promise<ReportId> {
  const [first, ...more] = words
  if (first === undefined) throw new UsageError(text.passportArguments('create'))
  const id = ReportId.safeParse(first)
  if (id.success && more.length === 0) return id.data
  const series = seriesOf('command-line', words.map(realPath))
  const [row] = (await reports.history({ limit: 1, offset: 0, search: '', series })).rows
  if (row === undefined) throw new UsageError(text.noScanOf(words.join(', ')))
  return row.id
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return resolve(path)
  }
}

/** The end of a day in UTC. */
function endOf(day: string | undefined): Date | null {
  if (day === undefined) return null
  const end = new Date(`${day}T23:59:59.999Z`)
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(end.getTime()))
    throw new UsageError(text.noDay(day))
  return end
}

function measurementIn(file: string): Measurement {
  const found = Measurement.safeParse(readJsonFile(file))
  if (!found.success) throw new UsageError(text.notMeasurement(file))
  return found.data
}

async function list({ model, format }: Work): Promise<number> {
  const rows = model.list()
  if (format === 'json') process.stdout.write(json({ passports: rows }))
  else
    for (const { id, issuedAt, verdict, grade, name } of rows) {
      const day = issuedAt.toISOString().slice(0, 10)
      process.stdout.write(`${id}  ${day}  ${verdict} ${grade}  ${logged(name)}\n`)
    }
  return EXIT.clean
}

async function show({ model, format }: Work, [name, ...more]: string[]): Promise<number> {
  if (name === undefined || more.length > 0) throw new UsageError(text.passportArguments('show'))
  const bytes = bytesOf(model, name)
  const { verification, statement } = await model.verify(bytes)
  if (format === 'json') process.stdout.write(json({ verification, statement: statement ?? null }))
  else
    process.stdout.write(
      statementText(statement) + figuresText(verification) + shownVerification(verification),
    )
  return exitCodeOf(verification)
}

function bytesOf(model: ModelService, name: string): Uint8Array {
  const id = PassportId.safeParse(name)
  if (!id.success) return readPassport(name)
  const found = model.find(id.data)
  if (found === undefined) throw new UsageError(text.noPassport(name))
  return toUtf8(found.envelope)
}

const shownVerification = (verification: Verification) =>
  verificationText(verification, styleFor(process.stdout))

function figuresText({ measurements, level }: Verification): string {
  return measurements
    .flatMap(({ figures }) => figures)
    .map(({ name, value, basis }) => `${logged(`${name}: ${value} (${basis}, ${level})`)}\n`)
    .join('')
}

function statementText(statement: Statement | undefined): string {
  if (statement === undefined) return ''
  const { model, scan, issuer, issuedAt } = statement.predicate
  const lines = [
    `${model.name}${model.licence === null ? '' : ` (${model.licence})`}`,
    `Key ${fingerprintOf(issuer.keyId)}, ${issuedAt}`,
    ...(scan === null
      ? []
      : [`${text.verdict[scan.summary.verdict]}, grade ${scan.summary.grade}`]),
    ...statement.subject.map(({ name, digest }) => `${digest.sha256}  ${name}`),
  ]
  return `${lines.map(logged).join('\n')}\n`
}

async function exportTo(work: Work, [id, ...paths]: string[]): Promise<number> {
  const found = PassportId.safeParse(id)
  if (!found.success || paths.length === 0) throw new UsageError(text.passportArguments('export'))
  for (const path of paths)
    if (path.endsWith('.html')) writeVerifier(work.verifier, path)
    else await writePassport(work.model, found.data, path)
  return EXIT.clean
}

async function writePassport(model: ModelService, id: PassportId, path: string): Promise<void> {
  const exported = await model.export(id)
  const found = model.find(id)
  if (exported === undefined || found === undefined) throw new UsageError(text.noPassport(id))
  writeWhole(path, exported.text)
  process.stderr.write(`${logged(text.written(path, found.row.bytes, found.row.sha256))}\n`)
}

function writeVerifier(file: string, path: string): void {
  let verifier: ReturnType<typeof readVerifier>
  try {
    verifier = readVerifier(file)
  } catch {
    throw new Error(text.verifierMissing(file))
  }
  writeWhole(path, verifier.text)
  process.stderr.write(`${logged(text.written(path, verifier.bytes, verifier.sha256))}\n`)
}

/** Another's passport, with our signature beside. What is not right is not signed. */
async function countersign({ model }: Work, words: string[]): Promise<number> {
  const [file, path, ...more] = words
  if (file === undefined || path === undefined || more.length > 0)
    throw new UsageError(text.passportArguments('countersign'))
  const bytes = readPassport(file)
  const { verification } = await model.verify(bytes)
  const wrong = verification.checks.find(
    ({ id, result }) => result === 'failed' || (result === 'open' && id !== 'trust'),
  )
  if (wrong !== undefined) throw new Error(text.notWitnessed(wrong.sentence))
  const signed = await model.counterSign(bytes)
  writeWhole(path, Buffer.from(signed).toString('utf8'))
  return EXIT.clean
}

async function keys({ model, format }: Work, [word, ...words]: string[]): Promise<number> {
  const [first, second] = words
  if (word === 'rotate' && words.length === 0) await model.keys.rotate()
  else if (word === 'trust' && words.length === 2) {
    const key = keyIn(first ?? '')
    if (key === undefined) throw new UsageError(text.noKeyFile(first ?? ''))
    await model.keys.trust(key, second || key.keyId)
  } else if (word === 'distrust' && words.length === 1) {
    const id = KeyId.safeParse(first)
    if (!id.success) throw new UsageError(text.noKeyId(first ?? ''))
    await model.keys.distrust(id.data)
  } else if (word !== undefined) throw new UsageError(text.passportArguments('keys'))
  const state = model.keys.state()
  process.stdout.write(format === 'json' ? json(state) : keysText(state))
  return EXIT.clean
}

function keysText({ file, protection, own, trusted }: ReturnType<ModelService['keys']['state']>) {
  const shown = (keyId: string, note: string, pem: string) =>
    `${fingerprintOf(keyId)}  ${logged(note)}\n${pem}`
  return [
    own.length === 0 ? `${text.noKeys}\n` : `${logged(text.keyProtection[protection](file))}\n`,
    ...own.map(({ keyId, retiredAt, pem }) =>
      shown(
        keyId,
        retiredAt === null ? text.signs : text.retired(retiredAt.toISOString().slice(0, 10)),
        pem,
      ),
    ),
    ...trusted.map(({ keyId, name, pem }) => shown(keyId, text.trusted(name), pem)),
  ].join('')
}
