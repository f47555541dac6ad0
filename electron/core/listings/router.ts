import type { PublishedResultRow } from '@shared/backend/results'
import { publishedBoard } from '@shared/listings/published-board'
import { api } from '../api'
import { throwRefusal } from '../backend/throw-refusal'
import type { Console } from '../console'
import { FileGoneError, ListingError } from '.'
import { compareVersions } from './compare-versions'
import { localEvidence } from './local-evidence'

/** Calls the backend, and names its refusals. */
async function asking<T>(
  errors: Parameters<typeof throwRefusal>[1],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    return throwRefusal(error, errors)
  }
}

/** Errors of this computer's part, as a contract declares them. */
type OwnErrors = Record<string, ((options: { message: string; data: never }) => Error) | undefined>

/** Names what is wrong with a report, a result or a file before anything is sent. */
async function naming<T>(errors: unknown, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const known =
      error instanceof ListingError
        ? { code: error.code, data: error.data }
        : error instanceof FileGoneError
          ? { code: 'FILES_GONE', data: { path: error.path } }
          : undefined
    const make = known && (errors as OwnErrors)[known.code]
    if (known === undefined || make === undefined) throw error
    throw make({ message: (error as Error).message, data: known.data as never })
  }
}

/** The page's own id of a write, or one that nobody can send again. */
const operationOf = ({ operationId }: { operationId?: string | undefined }, console: Console) =>
  operationId ?? console.platform.randomId()

const boardArgs = (query: {
  suiteId: string
  suiteVersion: string
  scenario: PublishedResultRow['scenario']
  threads: number
  hardwareClass: string | null
}) => ({
  p_suite_id: query.suiteId,
  p_suite_version: query.suiteVersion,
  p_scenario: query.scenario,
  p_threads: query.threads,
  p_hardware_class: query.hardwareClass,
})

export const listingsRouter = {
  list: api.listings.list.handler(({ input, context: { console }, errors, signal }) => {
    const { after, limit, ...query } = input
    const args = { p_query: query, p_after: after, p_limit: limit }
    return asking(errors, () => console.backend.read('list_listings', args, signal))
  }),
  get: api.listings.get.handler(({ input, context: { console }, errors, signal }) =>
    asking(errors, () => console.backend.read('get_listing', { p_id: input.listingId }, signal)),
  ),
  check: api.listings.check.handler(({ input, context: { console }, errors, signal }) =>
    asking(errors, () =>
      console.backend.read('check_version', { p_version_id: input.versionId }, signal),
    ),
  ),
  results: api.listings.results.handler(({ input, context: { console }, errors, signal }) => {
    const { listingId, after, limit } = input
    const args = { p_listing_id: listingId, p_after: after, p_limit: limit }
    return asking(errors, () => console.backend.read('list_results', args, signal))
  }),
  boards: api.listings.boards.handler(({ context: { console }, errors, signal }) =>
    asking(errors, () => console.backend.read('list_boards', {}, signal)),
  ),
  board: api.listings.board.handler(({ input, context: { console }, errors, signal }) => {
    return asking(errors, () => console.backend.read('get_board', boardArgs(input), signal))
  }),
  leaderboard: api.listings.leaderboard.handler(({ input, context: { console }, errors, signal }) =>
    asking(errors, async () => {
      const [{ rows }, me] = await Promise.all([
        console.backend.read('get_board', boardArgs(input), signal),
        console.backend.read('get_me', {}, signal),
      ])
      return { tables: publishedBoard(rows), results: rows, me: me.id }
    }),
  ),
  local: api.listings.local.handler(({ input, context: { console }, errors, signal }) =>
    asking(errors, async () => {
      const args = { p_id: input.listingId }
      const { versions } = await console.backend.read('get_listing', args, signal)
      return localEvidence(console, versions)
    }),
  ),
  compare: api.listings.compare.handler(({ input, context: { console }, errors, signal }) =>
    asking(errors, () => compareVersions(console.backend, input, signal)),
  ),
  audit: api.listings.audit.handler(({ input, context: { console }, errors, signal }) => {
    const { listingId, after, limit } = input
    const args = { p_kind: null, p_actor: null, p_subject: listingId }
    return asking(errors, () =>
      console.backend.read('list_audit', { ...args, p_after: after, p_limit: limit }, signal),
    )
  }),

  save: api.listings.save.handler(({ input, context: { console }, errors }) => {
    const { listingId, revision, card } = input
    const args = { p_id: listingId, p_revision: revision, p_card: card }
    return asking(errors, () =>
      console.backend.write('save_listing', operationOf(input, console), args),
    )
  }),
  outgoing: api.listings.outgoing.handler(({ input, context: { console }, errors }) =>
    naming(errors, () => console.listings.outgoing(input.reportId)),
  ),
  offered: api.listings.offered.handler(({ input, context: { console } }) =>
    console.listings.offered(input.hashes, input.bytes),
  ),
  addVersion: api.listings.addVersion.handler(({ input, context: { console }, errors }) =>
    naming(errors, async () => {
      const { job, versionId } = await console.listings.addVersion(input)
      return { jobId: job.job.id, versionId }
    }),
  ),
  addResults: api.listings.addResults.handler(({ input, context: { console }, errors }) =>
    naming(errors, () =>
      asking(errors, () =>
        console.listings.addResults(input.versionId, input.results, input.signBy),
      ),
    ),
  ),
  addReport: api.listings.addReport.handler(({ input, context: { console }, errors }) =>
    naming(errors, () =>
      asking(errors, () => console.listings.addReport(input.versionId, input.reportId, input.sign)),
    ),
  ),

  publish: api.listings.publish.handler(({ input, context: { console }, errors }) => {
    const args = { p_version_id: input.versionId, p_revision: input.revision }
    return asking(errors, () =>
      console.backend.write('publish_version', operationOf(input, console), args),
    )
  }),
  withdraw: api.listings.withdraw.handler(({ input, context: { console }, errors }) => {
    const { listingId, versionId, reason } = input
    const args = { p_listing_id: listingId, p_version_id: versionId, p_reason: reason }
    return asking(errors, () =>
      console.backend.write('withdraw_listing', operationOf(input, console), args),
    )
  }),
  restrict: api.listings.restrict.handler(({ input, context: { console }, errors }) => {
    const { listingId, restriction, reason } = input
    const args = { p_listing_id: listingId, p_restriction: restriction, p_reason: reason }
    return asking(errors, () =>
      console.backend.write('restrict_listing', operationOf(input, console), args),
    )
  }),
  appeal: api.listings.appeal.handler(({ input, context: { console }, errors }) => {
    const { listingId, statement } = input
    const operationId = operationOf(input, console)
    // The same operation has to name the same appeal.
    const args = { p_id: operationId, p_listing_id: listingId, p_statement: statement }
    return asking(errors, () => console.backend.write('appeal_listing', operationId, args))
  }),
  decideAppeal: api.listings.decideAppeal.handler(({ input, context: { console }, errors }) => {
    const args = { p_id: input.appealId, p_outcome: input.outcome, p_reason: input.reason }
    return asking(errors, () =>
      console.backend.write('decide_appeal', operationOf(input, console), args),
    )
  }),
  remove: api.listings.remove.handler(({ input, context: { console }, errors }) => {
    const args = { p_listing_id: input.listingId, p_reason: input.reason }
    return asking(errors, () =>
      console.backend.write('remove_listing', operationOf(input, console), args),
    )
  }),

  disputes: api.listings.disputes.handler(({ context: { console }, errors, signal }) =>
    asking(errors, () => console.backend.read('list_disputes', {}, signal)),
  ),
  dispute: api.listings.dispute.handler(({ input, context: { console }, errors }) => {
    const operationId = operationOf(input, console)
    const args = { p_id: operationId, p_result_id: input.resultId, p_reason: input.reason }
    return asking(errors, () => console.backend.write('dispute_result', operationId, args))
  }),
  decideDispute: api.listings.decideDispute.handler(({ input, context: { console }, errors }) => {
    const args = { p_id: input.disputeId, p_outcome: input.outcome, p_reason: input.reason }
    return asking(errors, () =>
      console.backend.write('decide_dispute', operationOf(input, console), args),
    )
  }),
  withdrawResult: api.listings.withdrawResult.handler(({ input, context: { console }, errors }) => {
    const args = { p_result_id: input.resultId, p_reason: input.reason }
    return asking(errors, () =>
      console.backend.write('withdraw_result', operationOf(input, console), args),
    )
  }),
  attest: api.listings.attest.handler(({ input, context: { console }, errors }) => {
    const { subject, id, level, reason } = input
    const args = { p_subject: subject, p_id: id, p_level: level, p_reason: reason }
    return asking(errors, () =>
      console.backend.write('attest_evidence', operationOf(input, console), args),
    )
  }),
}
