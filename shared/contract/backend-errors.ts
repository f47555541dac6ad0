import { z } from 'zod'

/** Of every procedure that asks the backend; `message` is the sentence. */
export const BACKEND_ERRORS = {
  /** Nobody is signed in to the backend this console is connected to. */
  SIGNED_OUT: { status: 401 },
  /** It answered no: `code` is one of shared/backend/errors.ts. */
  BACKEND_REFUSED: {
    status: 409,
    data: z.object({
      code: z.string(),
      detail: z.record(z.string(), z.unknown()),
      retryAfter: z.number().nullable(),
    }),
  },
  /** It did not answer, or with what this console cannot use. */
  BACKEND_UNAVAILABLE: { status: 503, data: z.object({ code: z.string() }) },
} as const
