/**
 * Expected refusals of the Postgres API. A function refuses with `private.reject(status, code,
 * detail)`; PostgREST answers with that status and `{ code: 'PT<status>', message: <code>,
 * details: <detail as JSON text>, hint: null }`. A test holds this list and the SQL together.
 */
export interface BackendRefusal {
  status: number
  /** What happened and what to do, for a person. `detail` is what the server gave along. */
  say: (detail: Record<string, unknown>) => string
}

const text = (value: unknown): string => (value === undefined || value === null ? '' : `${value}`)

export const REFUSALS = {
  not_signed_in: {
    status: 401,
    say: () => 'You are signed out. Sign in and try again.',
  },
  permission_required: {
    status: 403,
    say: ({ permission }) =>
      `Your role does not allow this (it needs "${text(permission)}"). An admin can grant it under People and roles.`,
  },
  mfa_required: {
    status: 403,
    say: () => 'This needs a second factor. Confirm it under Account and try again.',
  },
  account_suspended: {
    status: 403,
    say: ({ until }) =>
      `The account is suspended until ${text(until)}. Nothing can be changed until then.`,
  },
  own_subject: {
    status: 403,
    say: () => 'This is about your own account or listing; somebody else has to decide it.',
  },
  four_eyes: {
    status: 403,
    say: () => 'Who asked for it cannot approve it. A second person has to.',
  },
  last_admin: {
    status: 409,
    say: () => 'This is the last admin. Make somebody else an admin first.',
  },
  last_owner: {
    status: 409,
    say: () => 'An organisation keeps at least one owner. Make somebody else an owner first.',
  },
  not_found: {
    status: 404,
    say: ({ what }) =>
      `The ${text(what) || 'entry'} is not there, or you may not see it. Reload the list.`,
  },
  invalid_input: {
    status: 400,
    say: ({ field, problem }) => `${text(field) || 'The input'} was refused: ${text(problem)}.`,
  },
  too_large: {
    status: 413,
    say: ({ limit }) => `It is larger than the ${text(limit)} bytes that are taken.`,
  },
  already_exists: {
    status: 409,
    say: ({ what }) => `The ${text(what) || 'entry'} is there already.`,
  },
  op_id_reused: {
    status: 409,
    say: () =>
      'This operation was sent before with other content. Nothing was changed; start it anew.',
  },
  revision_conflict: {
    status: 409,
    say: ({ revision }) =>
      `Somebody changed it meanwhile (revision ${text(revision)}). Load it again and repeat your change.`,
  },
  state_conflict: {
    status: 409,
    say: ({ state }) => `It is ${text(state)} now, where this cannot be done. Load it again.`,
  },
  append_only: {
    status: 403,
    say: ({ table }) => `Rows of ${text(table) || 'this table'} never change. Add a new one.`,
  },
  version_immutable: {
    status: 409,
    say: () => 'A version never changes. Add a new one.',
  },
  last_version: {
    status: 409,
    say: () =>
      'This is the last published version of the listing. Withdraw the listing, or publish another version first.',
  },
  files_differ: {
    status: 409,
    say: ({ path }) =>
      `It is about other files than the version: ${text(path)} differs. Scan or measure the files of the version.`,
  },
  not_recomputable: {
    status: 400,
    say: ({ problem }) =>
      `The server does not arrive at these numbers: ${text(problem)}. Measure again.`,
  },
  grade_refused: {
    status: 409,
    say: () => 'A result of grade C is never published. Measure on a quiet machine.',
  },
  override_refused: {
    status: 409,
    say: () =>
      'The model ran without a complete and clean scan, and such a result is never published. Scan it and measure again.',
  },
  gates_failed: {
    status: 409,
    say: () => 'The checklist is not complete; each entry says what is missing.',
  },
  bad_signature: {
    status: 403,
    say: () => 'The signature does not belong to this content. Nothing was recorded.',
  },
  invitation_expired: {
    status: 409,
    say: () => 'The invitation has expired. Ask for a new one.',
  },
  email_unverified: {
    status: 403,
    say: () => 'Confirm your e-mail address first; the invitation was sent to it.',
  },
  rate_limited: {
    status: 429,
    say: ({ seconds }) =>
      `Too many calls. Wait ${text(seconds)} s; what you sent was not done and can be sent again.`,
  },
  not_signed: {
    status: 409,
    say: () => 'It was sent without a signature, and one cannot be added to it.',
  },
  disk_full: {
    status: 507,
    say: () =>
      'The disk that the marketplace is kept on is full. Nothing was changed; free some space there and send it again.',
  },
  internal_error: {
    status: 500,
    say: ({ id }) =>
      `The server failed at this (${text(id)}). Nothing was changed; tell its maintainers the number.`,
  },
} satisfies Record<string, BackendRefusal>

export type RefusalCode = keyof typeof REFUSALS

/** Why a gate of publishing is not ok; `detail` is that of the gate. */
export const GATE_REASONS = {
  files_missing: () => 'The version has no files.',
  field_missing: ({ field }) => `Fill in the ${text(field)}.`,
  licence_missing: () => 'Choose a licence.',
  licence_unknown: ({ licence }) => `"${text(licence)}" is no SPDX expression. Choose one.`,
  name_similar: ({ name, seller }) =>
    `The name is confusingly similar to "${text(name)}" by ${text(seller)}. Choose another.`,
  price_missing: () => 'Set a price; 0 is free.',
  scan_missing: () => 'Scan the files of this version and send the report.',
  scan_not_clean: ({ verdict }) => `The newest scan of these files is ${text(verdict)}, not clean.`,
  scan_set_aside: ({ verdict, count }) =>
    `The policy of the scan set ${text(count)} findings aside; with them the files are ${text(verdict)}. The server counts them.`,
  scan_incomplete: () => 'The newest scan did not read every file to its end.',
  scan_too_old: ({ scannedAt, days }) =>
    `The newest scan is of ${text(scannedAt)}; it may be ${text(days)} days old. Scan again.`,
  scan_rules_old: ({ rulesVersion, required }) =>
    `The scan was judged by rules ${text(rulesVersion)}; the server asks for ${text(required)} or newer. Update and scan again.`,
  benchmark_missing: () => 'Send a benchmark of grade A or B, or say why it cannot be measured.',
  benchmark_disputed: () => 'Every result of this version is disputed or withdrawn.',
  unmeasured: ({ reason }) =>
    `Not measured: ${text(reason).replace(/\.$/, '')}. It is ranked nowhere.`,
  account_suspended: ({ until }) => `The account is suspended until ${text(until)}.`,
  restricted: () => 'The listing is restricted. Appeal, or wait for the decision.',
} satisfies Record<string, (detail: Record<string, unknown>) => string>
export type GateReason = keyof typeof GATE_REASONS
