import type { Offered, Outgoing, VersionDraft } from '@shared/contract/listings'
import type { ReportId } from '@shared/scan-report/report-row'
import type { ActivityLog } from '../activity'
import { BackendError } from '../backend/backend'
import { exclusively } from '../database/transaction'
import { idOf } from '../deterministic-id'
import { type JobHandle, type Jobs, type JobWork, PausedByItself } from '../jobs'
import type { Keys } from '../model/keys'
import { offeredResults } from '../model/offered-results'
import type { Platform } from '../platform'
import { scansOf } from './local-evidence'
import { FileGoneError } from './objects/verified-file'
import { notListable, outgoingOf, prepare } from './prepare'
import { NO_BUCKET, resultDocument, type SendParts, sendVersion } from './send-version'
import { type Evidence, envelopeOf, issuePassport, verifyAll } from './signing'
import { createVersionJobs, NOTHING_DONE, type StoredVersionJob } from './version-jobs'

export { FileGoneError } from './objects/verified-file'
export { ListingError } from './prepare'

/** From a scan that is stored here to a version of a listing that is there. */
export interface Listings {
  /** All that a version of this scan would send. Throws ListingError. */
  outgoing(reportId: ReportId): Promise<Outgoing>
  /** Stored results of these files, newest first, and by which scan of them they could be signed. */
  offered(hashes: readonly string[], bytes: number): Promise<Offered>
  /** Starts a job. Throws ListingError and FileGoneError where it could only fail. */
  addVersion(draft: VersionDraft): Promise<{ job: JobHandle<'version'>; versionId: string }>
  /**
   * Sends stored results of a version's files, signed with a passport of `signBy` where that is no null;
   * what was sent before is not sent again.
   */
  addResults(versionId: string, results: readonly string[], signBy: ReportId | null): Promise<Sent>
  /** Sends another scan of a version's files. */
  addReport(versionId: string, reportId: ReportId, sign: boolean): Promise<Sent>
}

export interface Sent {
  /** On the server. */
  ids: string[]
  /** Why what was signed counts as self-reported nevertheless. */
  unsigned: string | null
}

export interface ListingParts extends Omit<SendParts, 'platform' | 'model'> {
  platform: Pick<Platform, 'log' | 'now' | 'paths' | 'randomId'>
  jobs: Jobs
  activity: ActivityLog
  model: SendParts['model'] & { keys: Pick<Keys, 'state'> }
}

export function createListings(parts: ListingParts): Listings {
  const { db, platform, jobs, activity, backend, results } = parts
  const stored = createVersionJobs(db)

  function workOf(version: StoredVersionJob): JobWork<'version'> {
    const { id, spec, done } = version
    const record = (kind: 'listing.version-added' | 'listing.version-failed', said: string) =>
      exclusively(db, () => {
        stored.removeNow(id)
        activity.append({
          operationId: id,
          kind,
          subject: spec.draft.listingId,
          summary: said,
          body: {
            versionId: spec.versionId,
            reportId: spec.draft.reportId,
            source: spec.draft.source,
          },
        })
      })
    return {
      async run(handle) {
        handle.update({ ...idsOf(version), message: null })
        let unsigned: string | null
        try {
          unsigned = await sendVersion(parts, {
            spec,
            done,
            handle,
            keep: () => stored.save(version),
          })
        } catch (error) {
          if (handle.stopping === 'pause' || handle.stopping === 'shutdown') throw error
          if (handle.stopping === 'cancel') {
            await record('listing.version-failed', `Stopped adding ${spec.title}`)
            throw error
          }
          const message = error instanceof Error ? error.message : String(error)
          handle.update({ message })
          if (mayPassLater(error)) throw new PausedByItself(message)
          await record('listing.version-failed', `Could not add ${spec.title}: ${message}`)
          throw error
        }
        if (unsigned === null)
          return record('listing.version-added', `Added ${spec.title} to a listing`)
        const message = `Its signature does not count, so its evidence stays self-reported: ${unsigned}`
        handle.update({ message })
        await record('listing.version-added', `Added ${spec.title} to a listing. ${message}`)
      },
      discard: () => record('listing.version-failed', `Stopped adding ${spec.title}`),
    }
  }

  const hasKey = () => parts.model.keys.state().own.some(({ retiredAt }) => retiredAt === null)
  const sign = async (reportId: ReportId, resultIds: readonly string[]) =>
    envelopeOf(parts, await issuePassport(parts, reportId, resultIds))

  for (const version of stored.left()) {
    const { id, startedAt, spec } = version
    jobs.restore(
      'version',
      { id, title: spec.title, startedAt, ...idsOf(version) },
      workOf(version),
    )
  }

  return {
    outgoing: (reportId) =>
      outgoingOf(parts, reportId, {
        key: hasKey(),
        bucket: parts.objects() !== null,
      }),
    async offered(hashes, bytes) {
      let reportId: ReportId | null = null
      for await (const { id } of scansOf(parts, hashes, bytes)) {
        reportId = id
        break
      }
      return { results: offeredResults(new Set(hashes), results), reportId, key: hasKey() }
    },
    async addVersion(draft) {
      const { stored: scanned, places, files } = await prepare(parts, draft.reportId)
      if (draft.source.kind === 'bucket') {
        if (parts.objects() === null) throw notListable(NO_BUCKET)
        if (places === undefined) throw new FileGoneError(files[0]?.path ?? '')
      }
      for (const id of draft.results) resultDocument(results, id)
      const next = () => platform.randomId()
      const versionId = next()
      const version: StoredVersionJob = {
        id: next(),
        startedAt: platform.now(),
        done: structuredClone(NOTHING_DONE),
        spec: {
          draft,
          title: `${scanned.row.name} ${draft.number}`,
          versionId,
          addOperation: next(),
          report: { id: next(), operation: next() },
          results: draft.results.map((result) => ({
            result,
            id: idOf('result', versionId, result),
            operation: next(),
          })),
        },
      }
      // On disk before the first of its operations is sent.
      await stored.save(version)
      const job = jobs.start('version', version.spec.title, workOf(version), version.id)
      return { job, versionId }
    },
    async addResults(versionId, resultIds, signBy) {
      const documents = resultIds.map((id) => [id, resultDocument(results, id)] as const)
      const envelope = signBy === null ? null : await sign(signBy, resultIds)
      const ids: string[] = []
      for (const [resultId, document] of documents) {
        const id = idOf('result', versionId, resultId)
        const operation = idOf('submit_result', versionId, resultId)
        const args = { p_version_id: versionId, p_result: document, p_envelope: envelope }
        await onceOnly(() => backend.write('submit_result', operation, { p_id: id, ...args }))
        ids.push(id)
      }
      return { ids, unsigned: envelope && (await verifyAll(backend, evidenceOf('result', ids))) }
    },
    async addReport(versionId, reportId, signed) {
      const { scan } = await prepare(parts, reportId)
      const id = idOf('report', versionId, reportId)
      const operation = idOf('submit_report', versionId, reportId)
      const envelope = signed ? await sign(reportId, []) : null
      const args = { p_version_id: versionId, p_scan: scan, p_envelope: envelope }
      await onceOnly(() => backend.write('submit_report', operation, { p_id: id, ...args }))
      return {
        ids: [id],
        unsigned: envelope && (await verifyAll(backend, evidenceOf('report', [id]))),
      }
    },
  }
}

const evidenceOf = (subject: Evidence[0], ids: readonly string[]): Evidence[] =>
  ids.map((id) => [subject, id])

/**
 * What the server knows already was sent before, perhaps so long ago that it forgot its answer, or in
 * another envelope: operations and ids here come of what is sent.
 */
async function onceOnly(send: () => Promise<unknown>): Promise<void> {
  try {
    await send()
  } catch (error) {
    if (!(error instanceof BackendError && SENT_BEFORE.has(error.code))) throw error
  }
}

const SENT_BEFORE: ReadonlySet<string> = new Set(['already_exists', 'op_id_reused'])

/** Shown before its work begins. */
const idsOf = ({ spec }: StoredVersionJob) => ({
  listingId: spec.draft.listingId,
  versionId: spec.versionId,
})

/** Nobody answers, nobody is signed in, or too often asked: the same operation is right later. */
function mayPassLater(error: unknown): boolean {
  if (error instanceof FileGoneError) return true
  if (!(error instanceof BackendError)) return false
  return error.status === 0 || LATER.has(error.code)
}

const LATER: ReadonlySet<string> = new Set([
  'not_signed_in',
  'rate_limited',
  'internal_error',
  'disk_full',
  'account_suspended',
  'bad_answer',
  'schema_mismatch',
])
