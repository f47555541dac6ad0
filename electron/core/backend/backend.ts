import type { ReadName, RpcArgs, RpcResult, WriteName } from '@shared/backend'
import { REFUSALS, type RefusalCode } from '@shared/backend/errors'
import type { EvidenceLevel } from '@shared/model/evidence-level'

/**
 * The hosted backend or its local twin: one code path, two transports. Answers and arguments are
 * checked by their schemas on this side too; both throw BackendError.
 */
export interface Backend {
  /** Calls a function that changes nothing, as whoever is signed in. */
  read<Name extends ReadName>(
    name: Name,
    args: RpcArgs<Name>,
    signal?: AbortSignal,
  ): Promise<RpcResult<Name>>
  /** `operationId` is the caller's: sent again with the same arguments it replays the first answer. */
  write<Name extends WriteName>(
    name: Name,
    operationId: string,
    args: RpcArgs<Name>,
    signal?: AbortSignal,
  ): Promise<RpcResult<Name> & { replayed: boolean }>
  /**
   * Has the server check the envelope that came with a report or a result. What is checked is what the
   * server stores, so it may be asked at any time and again.
   */
  verify(subject: Verified, id: string, signal?: AbortSignal): Promise<Verification>
}

export type Verified = 'report' | 'result'

export interface Verification {
  outcome: 'signed' | 'invalid'
  /** SHA-256 (hex) of the issuer's key. */
  keyId: string | null
  /** What was found, in words. */
  detail: string
  /** What the evidence counts for now. */
  level: EvidenceLevel
}

/** Why no answer came, or none that can be believed. */
export type BackendFailure =
  /** Nothing answers at the address, or the twin does not start. */
  | 'unreachable'
  /** The answer does not have the shape that this console knows. */
  | 'bad_answer'
  /** The schema of the server is older or newer than this console can use. */
  | 'schema_mismatch'

/** An expected end of a call. `message` is a sentence for a person. */
export class BackendError extends Error {
  override readonly name = 'BackendError'
  readonly code: RefusalCode | BackendFailure
  readonly detail: Record<string, unknown>
  /** Of HTTP; 0 where no answer came. */
  readonly status: number
  /** What the server asks to wait, seconds. */
  readonly retryAfter: number | null

  constructor(
    code: RefusalCode | BackendFailure,
    message: string,
    more: { detail?: Record<string, unknown>; status?: number; retryAfter?: number | null } = {},
  ) {
    super(message)
    this.code = code
    this.detail = more.detail ?? {}
    this.status = more.status ?? 0
    this.retryAfter = more.retryAfter ?? null
  }
}

/** The error of a refusal, with its sentence. */
export function refused(
  code: RefusalCode,
  detail: Record<string, unknown>,
  retryAfter: number | null = null,
): BackendError {
  const { status, say } = REFUSALS[code]
  return new BackendError(code, say(detail), { detail, status, retryAfter })
}
