import { ORPCError } from '@orpc/client'

/** Code of an error that the contract declares: SIGNED_OUT, BACKEND_UNAVAILABLE, BACKEND_REFUSED. */
export const codeOf = (error: unknown): string | null =>
  error instanceof ORPCError && error.defined ? error.code : null

/** Why the backend said no, of shared/backend/errors.ts; null where it did not. */
export function refusalOf(error: unknown): string | null {
  if (!(error instanceof ORPCError) || error.code !== 'BACKEND_REFUSED') return null
  const { code }: { code?: unknown } = error.data ?? {}
  return typeof code === 'string' ? code : null
}
