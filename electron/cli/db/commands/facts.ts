import { isSetUp } from '../backup'
import { one, type Sql } from '../sql'

export interface WorkspaceFacts {
  schemaVersion: string
  sample: boolean
  feedEpoch: string
  /** Null where the schema does not know roles yet. */
  admins: number | null
}

/** What the workspace says about itself; null where there is none. */
export async function readFacts(sql: Sql): Promise<WorkspaceFacts | null> {
  if (!(await isSetUp(sql))) return null
  const facts = await one<Omit<WorkspaceFacts, 'admins'> & { roles: boolean }>(
    sql,
    `select schema_version as "schemaVersion", sample, feed_epoch::text as "feedEpoch",
       to_regclass('public.user_roles') is not null as roles from private.workspace`,
  )
  const { roles, ...rest } = facts
  if (!roles) return { ...rest, admins: null }
  const { admins } = await one<{ admins: number }>(
    sql,
    "select count(distinct user_id)::int as admins from public.user_roles where role = 'admin'",
  )
  return { ...rest, admins }
}
