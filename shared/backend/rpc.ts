import type { z } from 'zod'

/**
 * How one function of the Postgres API is called. `read` functions are STABLE and PostgREST runs
 * them read-only; `write` functions are VOLATILE and take the operation id first (`p_op`).
 */
export interface Rpc<Args extends z.ZodType = z.ZodType, Result extends z.ZodType = z.ZodType> {
  kind: 'read' | 'write'
  /** Named arguments as PostgREST takes them, without `p_op`. */
  args: Args
  /** The jsonb that comes back; of a write without `replayed`, which every write adds. */
  result: Result
}

export const read = <Args extends z.ZodType, Result extends z.ZodType>(
  args: Args,
  result: Result,
): Rpc<Args, Result> & { kind: 'read' } => ({ kind: 'read', args, result })

export const write = <Args extends z.ZodType, Result extends z.ZodType>(
  args: Args,
  result: Result,
): Rpc<Args, Result> & { kind: 'write' } => ({ kind: 'write', args, result })
