import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { Uuid } from '../backend/common'
import { Handle, Me, Role } from '../backend/identity'
import { BACKEND_ERRORS } from './backend-errors'

/** The sign-in service said no; `message` is the sentence, `code` is of Supabase Auth. */
const AUTH_ERRORS = {
  AUTH_REFUSED: {
    status: 400,
    data: z.object({ code: z.string(), retryAfter: z.number().nullable() }),
  },
} as const

/** What was typed in as address or key cannot be used; `message` says what to type. */
const ADDRESS_ERRORS = { BAD_CONNECTION: { status: 400 } } as const

export const AccountState = z.object({
  /** Local: a workspace inside this console. Hosted: a Supabase project. */
  kind: z.enum(['local', 'hosted']),
  /** Of a hosted project. */
  url: z.string().nullable(),
  /** A flag or the environment fixes the connection for this run. */
  fixed: z.boolean(),
  /** Of the way to the backend in this run. */
  link: z.enum(['idle', 'connecting', 'connected', 'failed']),
  /** Why it failed, and what to do; null where it did not. */
  problem: z.string().nullable(),
  signedIn: z.boolean(),
  /** As last seen; kept for when the backend does not answer. */
  me: Me.nullable(),
  meSeenAt: z.date().nullable(),
  /** Assurance of the session: aal2 after a second factor. Null when nobody is signed in. */
  aal: z.enum(['aal1', 'aal2']).nullable(),
  /** Where the session is kept: sealed by the keychain of the system, or only in memory. */
  kept: z.enum(['system', 'memory']),
  /** Why a session ended that nobody ended. */
  ended: z.string().nullable(),
  /** Clock of the server minus that of this computer; null while unknown. */
  clockOffsetSeconds: z.number().nullable(),
  /** Of the last answer of the backend. */
  answeredAt: z.date().nullable(),
  /** The backend holds sample data. Null while unknown. */
  sample: z.boolean().nullable(),
  /** A sign-in that waits for the browser. */
  browser: z.object({ provider: z.string(), url: z.url(), until: z.date() }).nullable(),
})
export type AccountState = z.infer<typeof AccountState>

/** In the order in which they are done: each needs those before it. */
export const CONNECTION_STEPS = [
  'address',
  'dns',
  'tls',
  'key',
  'auth',
  'clock',
  'schema',
  'rls',
  'admin',
] as const
export const ConnectionStep = z.object({
  step: z.enum(CONNECTION_STEPS),
  state: z.enum(['running', 'ok', 'warning', 'failed', 'skipped']),
  /** What was found, for a person. */
  detail: z.string(),
  /** What to do about it. */
  fix: z.string().nullable(),
  /** To be run in a terminal by whoever may set the project up. */
  command: z.string().nullable(),
})
export type ConnectionStep = z.infer<typeof ConnectionStep>

const Connection = z.object({ url: z.string().max(500), key: z.string().max(2000) })

const Credentials = z.object({ email: z.email().max(320), password: z.string().min(1).max(200) })

export const Factor = z.object({
  id: Uuid,
  name: z.string(),
  verified: z.boolean(),
  createdAt: z.string(),
})
export type Factor = z.infer<typeof Factor>

const TotpCode = z.string().regex(/^\d{6}$/, 'six digits')

/** What a removal of the sample data would delete. */
export const SampleContents = z.object({
  people: z.number().int(),
  listings: z.number().int(),
  results: z.number().int(),
})
export type SampleContents = z.infer<typeof SampleContents>

const asked = oc.errors({ ...BACKEND_ERRORS, ...AUTH_ERRORS })

export const accountContract = {
  state: oc.output(AccountState),
  /** The same, again whenever it changes (at most ten times a second). Never ends by itself. */
  watch: oc.output(eventIterator(AccountState)),
  /** Starts the local workspace or asks the hosted project, and who is signed in. */
  open: asked.output(AccountState),

  /** `confirm` is true where the address has to be confirmed by e-mail first. */
  signUp: asked.input(Credentials).output(z.object({ confirm: z.boolean() })),
  signIn: asked.input(Credentials).output(AccountState),
  /** Wipes the session here, also where the backend does not answer. */
  signOut: oc.input(z.object({ everywhere: z.boolean() })).output(AccountState),
  /** What a hosted project offers beside e-mail and password: `github`, `google`, … */
  providers: asked.output(z.object({ password: z.boolean(), providers: z.array(z.string()) })),
  /** The address to open in the browser; the answer comes to a port of this computer. */
  startBrowser: asked
    .input(z.object({ provider: z.string().regex(/^[a-z][a-z0-9_]{1,30}$/) }))
    .output(AccountState),
  cancelBrowser: oc.output(AccountState),

  factors: asked.output(z.array(Factor)),
  /** The secret is shown once, to be put into an app. `qr` is an SVG as a data: address. */
  enrolFactor: asked
    .input(z.object({ name: z.string().trim().min(1).max(60) }))
    .output(z.object({ id: Uuid, secret: z.string(), uri: z.string(), qr: z.string().nullable() })),
  /** The first code makes the factor count; every later one lifts the session to aal2. */
  verifyFactor: asked.input(z.object({ id: Uuid, code: TotpCode })).output(AccountState),
  removeFactor: asked.input(z.object({ id: Uuid })).output(z.array(Factor)),

  updateProfile: asked
    .input(z.object({ handle: Handle, displayName: z.string().trim().max(80) }))
    .output(AccountState),
  saveOrganisation: asked
    .input(
      z.object({
        /** Absent: a new one. */
        id: Uuid.optional(),
        handle: Handle,
        displayName: z.string().trim().min(1).max(80),
      }),
    )
    .output(AccountState),
  /** `role` null removes the member. */
  saveMember: asked
    .input(
      z.object({
        organisationId: Uuid,
        handle: z.string().trim().min(1).max(32),
        role: z.enum(['owner', 'member']).nullable(),
      }),
    )
    .output(AccountState),
  acceptInvitation: asked.input(z.object({ id: Uuid })).output(AccountState),

  /** Local workspace: goes on as the sample person who has this role. */
  switchRole: asked.input(z.object({ role: Role })).output(AccountState),
  sampleContents: asked.output(SampleContents),
  removeSample: asked.output(AccountState),
  /** Local workspace: deletes it with all that is in it and makes it anew, with sample data. */
  resetWorkspace: asked.output(AccountState),

  /** Steps as they are done; the last event has all of them. */
  test: oc.input(Connection).output(eventIterator(z.array(ConnectionStep))),
  /** Uses a hosted project from now on. Ends the session with what was used before. */
  connect: oc
    .input(Connection)
    .errors({ ...ADDRESS_ERRORS })
    .output(AccountState),
  /** Uses the local workspace from now on. */
  connectLocal: oc.errors({ ...ADDRESS_ERRORS }).output(AccountState),
}
