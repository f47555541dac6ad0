import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RPCS, type RpcArgs, type RpcName } from '@shared/backend'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Claims, openDatabase, type TestDatabase } from '../fixtures/database'
import { callRpc } from '../fixtures/database/postgrest'
import { buildWorld, type World } from '../fixtures/database/world'

// What each function answers to each caller, through the roles of the API, asked about things of the
// owner. A change shows in the file: read it, then write it with UPDATE_MATRIX=1.
const FILE = join(import.meta.dirname, 'function-matrix.txt')
const CALLERS = ['anon', 'owner', 'other', 'moderator', 'admin', 'service'] as const

let database: TestDatabase
let world: World
beforeAll(async () => {
  database = await openDatabase()
  world = await buildWorld(database)
})
afterAll(() => database.close())

test('every function answers every caller as the reviewed table says', async () => {
  const args = argumentsOf(world)
  const lines: string[] = []
  for (const name of (Object.keys(RPCS) as RpcName[]).sort()) {
    const cells: string[] = []
    for (const caller of CALLERS) {
      const operation = RPCS[name].kind === 'write' ? { p_op: randomUUID() } : {}
      const { status, body } = await callRpc(
        database.engine,
        claimsOf(caller),
        name,
        { ...operation, ...args[name] },
        { undo: true },
      )
      const message = status < 400 ? '' : String((body as { message: unknown }).message)
      cells.push(`${status} ${/^\w+$/.test(message) ? message : ''}`.trim().padEnd(23))
    }
    lines.push([name.padEnd(20), ...cells].join(' ').trimEnd())
  }
  const text = [
    '# What functions answer about things of the owner. Written by function-matrix.test.ts.',
    '# A bare 401 or 403: the role of the API may not execute the function at all.',
    [''.padEnd(20), ...CALLERS.map((caller) => caller.padEnd(23))].join(' ').trimEnd(),
    ...lines,
    '',
  ].join('\n')
  if (process.env.UPDATE_MATRIX) writeFileSync(FILE, text)
  expect(text).toBe(readFileSync(FILE, 'utf8'))
})

function claimsOf(caller: (typeof CALLERS)[number]): Claims | null {
  if (caller === 'anon') return null
  if (caller === 'service') return { role: 'service_role' }
  return world[caller].claims
}

const reason = 'because of the test'
const sha = 'ab'.repeat(32)

/** Arguments that are right, for a caller who may; complete by its type. */
function argumentsOf({ other, ids }: World): { [Name in RpcName]: RpcArgs<Name> } {
  return {
    server_info: {},
    list_limits: {},
    preview_limit: { p_rpc: 'grant_role', p_burst: 5, p_per_minute: 5 },
    save_limit: { p_rpc: 'grant_role', p_burst: 5, p_per_minute: 5, p_reason: reason },
    list_audit: { p_kind: null, p_actor: null, p_subject: null, p_after: null, p_limit: 10 },
    sync_pull: { p_table: 'listings', p_cursor: null, p_limit: 10 },
    record_events: { p_source: 'shop', p_batch: '[]', p_signature: sha },
    get_evidence: { p_subject: 'report', p_id: ids.report },
    record_verification: {
      p_subject: 'report',
      p_id: ids.report,
      p_outcome: 'invalid',
      p_key_id: null,
      p_detail: '',
    },
    get_me: {},
    update_profile: { p_handle: 'matrix', p_display_name: '' },
    list_people: { p_text: '', p_role: null, p_after: null, p_limit: 10 },
    list_invitations: {},
    invite_person: {
      p_id: randomUUID(),
      p_email: 'new@example.test',
      p_role: 'seller',
      p_reason: reason,
    },
    accept_invitation: { p_id: ids.invitation },
    revoke_invitation: { p_id: ids.invitation, p_reason: reason },
    grant_role: { p_user_id: other.id, p_role: 'moderator', p_reason: reason },
    revoke_role: { p_user_id: other.id, p_role: 'seller', p_reason: reason },
    suspend_person: { p_user_id: other.id, p_until: null, p_reason: reason },
    save_organisation: { p_id: ids.organisation, p_handle: 'matrix', p_display_name: 'M' },
    save_member: {
      p_organisation_id: ids.organisation,
      p_handle: 'world-other',
      p_role: 'member',
    },
    list_approvals: {},
    decide_approval: { p_id: ids.approval, p_approve: false, p_reason: reason },
    list_listings: {
      p_query: { scope: 'mine', state: null, category: null, text: '', sort: 'updated' },
      p_after: null,
      p_limit: 10,
    },
    get_listing: { p_id: ids.draft },
    save_listing: {
      p_id: ids.draft,
      p_revision: 1,
      p_card: {
        name: 'Another name',
        summary: '',
        description: '',
        category: 'tables',
        licence: null,
        tags: [],
        price: null,
      },
    },
    add_version: {
      p_id: randomUUID(),
      p_listing_id: ids.draft,
      p_version: {
        number: '2.0.0',
        files: [{ path: 'a', sha256: sha, bytes: 1 }],
        format: 'onnx',
        source: { kind: 'none' },
        notes: '',
        unmeasured: null,
      },
    },
    // Facts that cannot be recomputed: who may send is refused for that, everybody else before.
    submit_report: {
      p_id: randomUUID(),
      p_version_id: ids.draftVersion,
      p_scan: EMPTY_SCAN,
      p_envelope: null,
    },
    check_version: { p_version_id: ids.draftVersion },
    publish_version: { p_version_id: ids.draftVersion, p_revision: 1 },
    withdraw_listing: { p_listing_id: ids.listing, p_version_id: null, p_reason: reason },
    restrict_listing: {
      p_listing_id: ids.listing,
      p_restriction: { policy: 'malware', until: null },
      p_reason: reason,
    },
    appeal_listing: {
      p_id: randomUUID(),
      p_listing_id: ids.listing,
      p_statement: 'it was a mistake',
    },
    decide_appeal: { p_id: ids.appeal, p_outcome: 'upheld', p_reason: reason },
    remove_listing: { p_listing_id: ids.listing, p_reason: reason },
    submit_result: {
      p_id: randomUUID(),
      p_version_id: ids.draftVersion,
      p_result: {},
      p_envelope: null,
    },
    list_results: { p_listing_id: null, p_after: null, p_limit: 10 },
    list_boards: {},
    get_board: {
      p_suite_id: 'iris',
      p_suite_version: '1.0.0',
      p_scenario: 'single-stream',
      p_threads: 1,
      p_hardware_class: null,
    },
    dispute_result: { p_id: randomUUID(), p_result_id: ids.result, p_reason: reason },
    list_disputes: {},
    decide_dispute: { p_id: ids.dispute, p_outcome: 'rejected', p_reason: reason },
    withdraw_result: { p_result_id: ids.result, p_reason: reason },
    attest_evidence: {
      p_subject: 'report',
      p_id: ids.report,
      p_level: 'audited',
      p_reason: reason,
    },
  }
}

const EMPTY_SCAN = {} as RpcArgs<'submit_report'>['p_scan']
