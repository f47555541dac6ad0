import type { Outgoing, VersionDraft } from '@shared/contract/listings'
import type { OfferedResult } from '@shared/contract/model'
import type { EvidenceLevel } from '@shared/model/evidence-level'
import type { ReportId } from '@shared/scan-report/report-row'
import type { ActivityLog } from '../activity'
import { BackendError } from '../backend/backend'
import { exclusively } from '../database/transaction'
import { idOf } from '../deterministic-id'
import { type JobHandle, type Jobs, type JobWork, PausedByItself } from '../jobs'
import type { Keys } from '../model/keys'
import { offeredResults } from '../model/offered-results'
import type { Platform } from '../platform'
import { FileGoneError } from './objects/verified-file'
import { notListable, outgoingOf, prepare } from './prepare'
import { NO_BUCKET, resultDocument, type SendParts, sendVersion } from './send-version'
import { createVersionJobs, NOTHING_DONE, type StoredVersionJob } from './version-jobs'

export { FileGoneError } from './objects/verified-file'
export { ListingError } from './prepare'

/** From a scan that is stored here to a version of a listing that is there. */
export interface Listings {
  /** All that a version of this scan would send. Throws ListingError. */
  outgoing(reportId: ReportId): Promise<Outgoing>
  /** Stored results of these files, newest first. */
  offered(hashes: readonly string[]): OfferedResult[]
  /** Starts a job. Throws ListingError and FileGoneError where it could only fail. */
  addVersion(draft: VersionDraft): Promise<{ job: JobHandle<'version'>; versionId: string }>
  /** Sends stored results of a version's files; what was sent before is not sent again. */
  addResults(versionId: string, results: readonly string[]): Promise<number>
  /** Sends another scan of a version's files. */
  addReport(versionId: string, reportId: ReportId): Promise<{ id: string; level: EvidenceLevel }>
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
        key: parts.model.keys.state().own.some(({ retiredAt }) => retiredAt === null),
        bucket: parts.objects() !== null,
      }),
    offered: (hashes) => offeredResults(new Set(hashes), results),
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
    async addResults(versionId, ids) {
      const documents = ids.map((id) => ({ id, document: resultDocument(results, id) }))
      for (const { id, document } of documents) {
        const args = { p_id: idOf('result', versionId, id), p_version_id: versionId }
        await onceOnly(() =>
          backend.write('submit_result', idOf('submit_result', versionId, id), {
            ...args,
            p_result: document,
            p_envelope: null,
          }),
        )
      }
      return documents.length
    },
    async addReport(versionId, reportId) {
      const { scan } = await prepare(parts, reportId)
      const id = idOf('report', versionId, reportId)
      const { level } = await backend.write(
        'submit_report',
        idOf('submit_report', versionId, reportId),
        { p_id: id, p_version_id: versionId, p_scan: scan, p_envelope: null },
      )
      return { id, level }
    },
  }
}

/** What the server knows already was sent before, perhaps so long ago that it forgot its answer. */
async function onceOnly(send: () => Promise<unknown>): Promise<void> {
  try {
    await send()
  } catch (error) {
    if (!(error instanceof BackendError && error.code === 'already_exists')) throw error
  }
}

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
  'account_suspended',
  'bad_answer',
  'schema_mismatch',
])
