import type { z } from 'zod'
import { IDENTITY_RPCS } from './identity'
import { LISTING_RPCS } from './listings'
import { OPERATION_RPCS } from './operations'
import { RESULT_RPCS } from './results'

/** The whole API of the hosted backend: every function of the schema `public`, and nothing else. */
export const RPCS = {
  ...OPERATION_RPCS,
  ...IDENTITY_RPCS,
  ...LISTING_RPCS,
  ...RESULT_RPCS,
}
export type Rpcs = typeof RPCS
export type RpcName = keyof Rpcs
export type RpcArgs<Name extends RpcName> = z.input<Rpcs[Name]['args']>
export type RpcResult<Name extends RpcName> = z.output<Rpcs[Name]['result']>
export type ReadName = { [N in RpcName]: Rpcs[N]['kind'] extends 'read' ? N : never }[RpcName]
export type WriteName = Exclude<RpcName, ReadName>
