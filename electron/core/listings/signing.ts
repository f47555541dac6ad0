import { ResultId } from '@shared/benchmark/result-row'
import type { CreatePassport } from '@shared/contract/model'
import { NotPassportableError } from '@shared/model/build'
import type { ReportId } from '@shared/scan-report/report-row'
import { type Backend, BackendError, type Verified } from '../backend/backend'
import type { ModelService } from '../model'
import { SecretError } from '../secrets'
import { ListingError, notListable } from './prepare'

/** What the server is asked to check: a report or a result, by its id there. */
export type Evidence = [Verified, string]

interface SigningParts {
  model: Pick<ModelService, 'create' | 'find'>
  /** Of the console. */
  version: string
}

/** Signs a passport of this scan that carries these results, and says its id. Throws ListingError. */
export async function issuePassport(
  { model, version }: SigningParts,
  reportId: ReportId,
  results: readonly string[],
): Promise<string> {
  const input: CreatePassport = {
    reportId,
    licence: null,
    validUntil: null,
    level: 'signed',
    results: results.map((id) => ResultId.parse(id)),
    measurements: [],
  }
  const passport = await model.create(input, version).catch((error: unknown) => {
    // Too large for any verifier, or a key that cannot be used: the sentence says which.
    if (error instanceof NotPassportableError || error instanceof SecretError)
      throw notListable(error.message)
    throw error
  })
  if (passport === undefined)
    throw new ListingError('REPORT_NOT_FOUND', 'This scan report was deleted. Scan again.', {
      reportId,
    })
  return passport.id
}

/** Throws ListingError where the passport is gone. */
export function envelopeOf({ model }: Pick<SigningParts, 'model'>, passportId: string): string {
  const kept = model.find(passportId as never)
  if (kept === undefined)
    throw new ListingError(
      'NOT_LISTABLE',
      'The passport that was signed for this version was deleted meanwhile. Add the version anew.',
      { reason: 'The passport was deleted.' },
    )
  return kept.envelope
}

/**
 * Has the server check what was signed. Returns why it counts as self-reported nevertheless, or null:
 * without an answer what was sent is there all the same, only not as `signed`.
 */
export async function verifyAll(
  backend: Pick<Backend, 'verify'>,
  evidence: readonly Evidence[],
  signal?: AbortSignal,
): Promise<string | null> {
  for (const [subject, id] of evidence) {
    signal?.throwIfAborted()
    try {
      const { outcome, detail } = await backend.verify(subject, id, signal)
      if (outcome === 'invalid') return detail
    } catch (error) {
      if (!(error instanceof BackendError)) throw error
      return error.message
    }
  }
  return null
}
