import type { Role } from '@shared/backend/identity'
import type { Fetch } from './wire'

/** The local workspace, as far as the backend service needs it. */
export interface TwinPort {
  readonly fetch: Fetch
  /** Resolves when it answers; rejects with a sentence. May be called again at any time. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Deletes everything in it. It starts anew with the next `start`. */
  reset(): Promise<void>
  /** Makes the people that are missing, as sample data and with these roles, and a session for each. */
  accounts(people: readonly LocalPerson[]): Promise<readonly LocalSession[]>
  /** Takes out what belongs to sample people, in one transaction. */
  removeSamples(): Promise<unknown>
  /** Something changed: a reason to look, never the change itself. */
  onNudge(listener: () => void): () => void
}

export interface LocalPerson {
  email: string
  displayName: string
  roles: Role[]
}

export interface LocalSession {
  email: string
  userId: string
  session: { access_token: string; refresh_token: string }
}

/** Nothing of it ever leaves this process; supabase-js wants an address. */
export const TWIN_URL = 'http://workspace.local'
export const TWIN_KEY = 'sb_publishable_local_twin'
