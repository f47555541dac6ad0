import type { Role } from '@shared/backend/identity'
import type { Fetch } from './wire'

/** The local workspace, as far as the backend service needs it. */
export interface TwinPort {
  readonly fetch: Fetch
  readonly url: string
  readonly publishableKey: string
  /** Resolves when it answers; rejects with a sentence. May be called again at any time. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Deletes everything in it. It starts anew with the next `start`. */
  reset(): Promise<void>
  /** Makes the people that are missing, with these roles, and a session for each. */
  accounts(people: readonly LocalPerson[]): Promise<readonly LocalSession[]>
  /** Calls a function of the schema `private` as its owner: sample data in and out. */
  maintain(name: string): Promise<unknown>
  /** Something changed: a reason to look, never the change itself. */
  onNudge(listener: () => void): () => void
}

export interface LocalPerson {
  email: string
  handle: string
  displayName: string
  roles: Role[]
}

export interface LocalSession {
  email: string
  userId: string
  session: { access_token: string; refresh_token: string }
}
