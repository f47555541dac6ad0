import { realpathSync } from 'node:fs'
import { NewVersion } from '@shared/backend/listings'
import type { Outgoing } from '@shared/contract/listings'
import { nextNumber } from '@shared/listings/next-number'
import { logged } from '@shared/scan-report/logged'
import { ReportId } from '@shared/scan-report/report-row'
import { limitsOf } from '../../core/scan/limits'
import { distinctRoots } from '../../core/scan/roots'
import { runScan } from '../../core/scan/run-scan'
import { createWorkerBudget } from '../../core/scan/worker-budget'
import { createProgress } from '../output/progress'
import { EXIT, UsageError } from '../usage'
import { say } from './change'
import { text } from './messages'
import { type OpenListings, withListings } from './open'
import type { ListingOptions } from './options'
import { idOf } from './read'

/** Scans, says what would leave this computer, and with --yes sends it. */
export function addVersion(options: ListingOptions, bundleFolder: string): Promise<number> {
  const [listing, ...paths] = options.names
  if (listing === undefined || paths.length === 0) throw new UsageError(text.arguments.add)
  const listingId = idOf(listing)
  const { number } = options
  if (number !== undefined && !NewVersion.shape.number.safeParse(number).success)
    throw new UsageError(text.badNumber(number))
  return withListings({ ...options, bundleFolder }, async (open) => {
    const { versions } = await open.backend.read('get_listing', { p_id: listingId })
    const reportId = await scan(open, paths)
    const outgoing = await open.listings.outgoing(reportId)
    const results = chosen(outgoing, options.results)
    process.stderr.write(leaving(outgoing, options, results.length))
    if (!options.yes) {
      process.stderr.write(`${text.notSent}\n`)
      if (options.format === 'json') say(options, { sent: false, outgoing }, '')
      return EXIT.nothing
    }
    const called = number ?? nextNumber(versions.map((one) => one.number))
    const { job, versionId } = await open.listings.addVersion({
      listingId,
      reportId,
      number: called,
      source: options.source,
      notes: options.notes,
      unmeasured: options.unmeasured,
      results,
      sign: options.sign,
    })
    await job.ended
    const { state, message } = job.job
    if (state === 'done') {
      say(options, { sent: true, versionId, number: called }, text.added(versionId, called))
      return EXIT.clean
    }
    const why = logged(message ?? state)
    process.stderr.write(`${state === 'paused' ? text.waits(why) : text.notAdded(why)}\n`)
    return EXIT.error
  })
}

/** The scan of the console, kept in its history; nothing of it is taken from the cache. */
async function scan(open: OpenListings, paths: readonly string[]): Promise<ReportId> {
  const { platform, settings, policies, rules, reports } = open
  const { roots, notes } = distinctRoots(
    paths.map((label) => ({ label, path: realpathSync(label) })),
  )
  const progress = createProgress(process.stderr)
  try {
    const { report, facts } = await runScan(
      platform,
      rules,
      {
        roots,
        notes,
        hash: true,
        policy: policies.compile(undefined),
        limits: limitsOf(settings),
        budget: createWorkerBudget(() => settings.values()['scan.workers']),
        signal: new AbortController().signal,
      },
      progress,
    )
    const id = ReportId.parse(platform.randomId())
    await reports.save(id, 'command-line', report, facts, {
      operationId: id,
      roots: roots.map(({ path }) => path),
    })
    return id
  } finally {
    progress.end()
  }
}

const NEWEST = 'newest'

function chosen(outgoing: Outgoing, named: readonly string[]): string[] {
  const newest = named.includes(NEWEST)
    ? outgoing.results.filter((one) => one.chosen).map(({ row }) => row.id)
    : []
  return [...new Set([...named.filter((name) => name !== NEWEST).map(idOf), ...newest])]
}

function leaving(outgoing: Outgoing, options: ListingOptions, results: number): string {
  const { report, files, bytes } = outgoing
  const lines = [
    text.leaves(files.length, `${bytes.toLocaleString('en')} bytes`),
    ...files.map(({ path, sha256, bytes: size }) => `    ${sha256}  ${size}  ${path}`),
    text.facts(report.verdict, report.grade, report.findings, report.rulesVersion),
    ...report.notes.map((note) => `    ${note}`),
    text.results(results),
    text.passport(options.sign),
    text.bytes(options.source.kind === 'bucket'),
  ]
  return `${lines.map(logged).join('\n')}\n`
}
