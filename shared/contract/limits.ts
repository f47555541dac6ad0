import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Reason, Uuid } from '../backend/common'
import { Limit, OPERATION_RPCS } from '../backend/operations'
import { BACKEND_ERRORS } from './backend-errors'

const asked = oc.errors(BACKEND_ERRORS)
const values = {
  rpc: z.string().max(100),
  burst: z.number().int().min(1).max(100_000),
  perMinute: z.number().min(0.01).max(1_000_000),
}

/** How often each function of the backend may be called by one caller. */
export const limitsContract = {
  list: asked.output(z.object({ rows: z.array(Limit) })),
  /** What these values would have refused in the last 24 hours. */
  preview: asked.input(z.object(values)).output(OPERATION_RPCS.preview_limit.result),
  save: asked
    .input(z.object({ operationId: Uuid.optional(), ...values, reason: Reason }))
    .output(z.object({ rpc: z.string(), burst: z.number(), perMinute: z.number() })),
}
