import { publishResult } from '@shared/benchmark/publication'
import { ResultId } from '@shared/benchmark/result-row'
import type { Backend } from '../backend/backend'
import type { BenchmarkResults } from '../benchmark/results'
import type { JobHandle } from '../jobs'
import type { ModelService } from '../model'
import type { StoredReport } from '../scan/report-store'
import type { ObjectStore } from './objects'
import { compareFile, FileGoneError, type PlacedFile } from './objects/verified-file'
import { ListingError, type Prepared, type PrepareParts, prepare } from './prepare'
import { type Evidence, envelopeOf, issuePassport, verifyAll } from './signing'
import type { VersionDone, VersionSpec } from './version-jobs'

export interface SendParts extends PrepareParts {
  backend: Backend
  model: Pick<ModelService, 'create' | 'find'>
  results: Pick<BenchmarkResults, 'find' | 'matching'>
  /** Null where this marketplace takes no bytes. */
  objects: () => ObjectStore | null
  /** Of the console. */
  version: string
}

export interface Sending {
  spec: VersionSpec
  done: VersionDone
  handle: JobHandle<'version'>
  /** Keeps `done` on disk before the next step begins. */
  keep(): Promise<void>
}

/**
 * Adds the version and sends what belongs to it, each step once whatever happens in between. Throws
 * BackendError, ListingError, FileChangedError, FileGoneError. What is returned says why signed
 * evidence counts as self-reported nevertheless, and is null where nothing does.
 */
export async function sendVersion(parts: SendParts, sending: Sending): Promise<string | null> {
  const prepared = await prepare(parts, sending.spec.draft.reportId)
  const { spec } = sending
  await compare(prepared, sending)
  const envelope = await sign(parts, prepared.stored, sending)
  await sendFacts(parts, prepared, envelope, sending)
  const unsigned =
    envelope === null
      ? null
      : await verifyAll(parts.backend, evidenceOf(spec), sending.handle.signal)
  await upload(parts, prepared, sending)
  return unsigned
}

/** The files as they are now, where they can be read; a bucket needs them. */
async function compare({ places, files }: Prepared, { spec, handle }: Sending): Promise<void> {
  if (places === undefined) {
    if (spec.draft.source.kind === 'bucket') throw new FileGoneError(files[0]?.path ?? '')
    return
  }
  const bytesTotal = places.reduce((sum, { bytes }) => sum + bytes, 0)
  handle.update({
    stage: 'checking',
    filesDone: 0,
    filesTotal: places.length,
    bytesDone: 0,
    bytesTotal,
  })
  let bytesDone = 0
  for (const [filesDone, file] of places.entries()) {
    handle.update({ current: file.path, filesDone })
    await compareFile(
      file,
      (bytes) => {
        bytesDone += bytes
        handle.update({ bytesDone })
      },
      handle.signal,
    )
  }
  handle.update({ current: null, filesDone: places.length })
}

/** The envelope that goes along, made once: signed again it would be other bytes. */
async function sign(
  parts: SendParts,
  { row }: StoredReport,
  { spec, done, handle, keep }: Sending,
): Promise<string | null> {
  if (!spec.draft.sign) return null
  if (done.passportId === null) {
    handle.update({ stage: 'signing' })
    done.passportId = await issuePassport(parts, row.id, spec.draft.results)
    await keep()
  }
  return envelopeOf(parts, done.passportId)
}

const evidenceOf = ({ report, results }: VersionSpec): Evidence[] => [
  ['report', report.id],
  ...results.map(({ id }): Evidence => ['result', id]),
]

async function sendFacts(
  { backend, results }: SendParts,
  { files, format, scan }: Prepared,
  envelope: string | null,
  { spec, done, handle, keep }: Sending,
): Promise<void> {
  const { draft, versionId } = spec
  const { signal } = handle
  handle.update({ stage: 'sending' })
  if (!done.added) {
    const { number, source, notes, unmeasured } = draft
    const version = { number, files, format, source, notes, unmeasured }
    const args = { p_id: versionId, p_listing_id: draft.listingId, p_version: version }
    await backend.write('add_version', spec.addOperation, args, signal)
    done.added = true
    await keep()
  }
  if (!done.reported) {
    const { id, operation } = spec.report
    const args = { p_id: id, p_version_id: versionId, p_scan: scan, p_envelope: envelope }
    await backend.write('submit_report', operation, args, signal)
    done.reported = true
    await keep()
  }
  for (const { result, id, operation } of spec.results.slice(done.results)) {
    signal.throwIfAborted()
    await backend.write(
      'submit_result',
      operation,
      {
        p_id: id,
        p_version_id: versionId,
        p_result: resultDocument(results, result),
        p_envelope: envelope,
      },
      signal,
    )
    done.results += 1
    await keep()
  }
}

/** Raw launches and answers of a stored result, as the server recomputes them. Throws ListingError. */
export function resultDocument(
  results: Pick<BenchmarkResults, 'find'>,
  id: string,
): Record<string, unknown> {
  const found = results.find(ResultId.parse(id))
  if (found === undefined)
    throw new ListingError('RESULT_NOT_FOUND', 'This benchmark result was deleted.', {
      resultId: id,
    })
  const { document } = publishResult(found.result)
  return (document as { result: Record<string, unknown> }).result
}

async function upload(
  { objects }: SendParts,
  { places }: Prepared,
  { spec, done, handle, keep }: Sending,
): Promise<void> {
  if (spec.draft.source.kind !== 'bucket' || places === undefined) return
  const store = objects()
  if (store === null) throw new ListingError('NOT_LISTABLE', NO_BUCKET, { reason: NO_BUCKET })
  // Two files of one content are one object.
  const distinct = [...new Map(places.map((file) => [file.sha256, file])).values()]
  const bytesTotal = distinct.reduce((sum, { bytes }) => sum + bytes, 0)
  handle.update({ stage: 'uploading', filesTotal: distinct.length, bytesTotal })
  let before = 0
  for (const [filesDone, file] of distinct.entries()) {
    handle.update({ filesDone, bytesDone: before, current: file.path })
    if (!done.uploaded.includes(file.sha256)) await put(store, file, before)
    before += file.bytes
  }
  handle.update({ filesDone: distinct.length, bytesDone: bytesTotal, current: null })

  async function put(to: ObjectStore, file: PlacedFile, start: number): Promise<void> {
    await to.put({
      versionId: spec.versionId,
      file,
      signal: handle.signal,
      resume: done.upload?.sha256 === file.sha256 ? done.upload.resume : null,
      async onResumable(resume) {
        done.upload = { sha256: file.sha256, resume }
        await keep()
      },
      onProgress: (bytes) => handle.update({ bytesDone: start + bytes }),
    })
    done.uploaded.push(file.sha256)
    done.upload = null
    await keep()
  }
}

export const NO_BUCKET =
  'This marketplace keeps no bytes of models. Choose another place for them, or none.'
