// What policies cost: a page of 100 through them, against the same query by the owner of the tables, whom
// no policy holds. On PGlite, or on the PostgreSQL that DATABASE_URL names. Ratios, paired and interleaved.
import { openDatabase, type TestDatabase, type TestUser } from '../fixtures/database'
import { enter } from '../fixtures/database/postgrest'

const LISTINGS = Number(process.env.LISTINGS ?? 100_000)
const ROUNDS = 200

/** What a body asks under policies, and the same rows asked for without. */
const PAGES = {
  'published listings, newest first': [
    `select * from public.listings where state = 'published'
     order by change_xid desc, change_seq desc limit 100`,
  ],
  'own listings': [`select * from public.listings where seller_id = '{me}' limit 100`],
  profiles: ['select * from public.profiles order by handle limit 100'],
  'versions of the feed': [
    `select * from public.model_versions
     where (change_xid, change_seq) > ('0', 0) order by change_xid, change_seq limit 100`,
    `select * from public.model_versions
     where (change_xid, change_seq) > ('0', 0) and (listed or seller_id = '{me}')
     order by change_xid, change_seq limit 100`,
  ],
} as const

const database = await openDatabase()
const me = await seed(database)
console.log(`${database.engine.kind}, ${LISTINGS} listings, ${ROUNDS} pages each`)
let missed = 0
for (const [name, [page, same = page]] of Object.entries(PAGES)) {
  await body('held', page)
  await body('free', same)
  const free: number[] = []
  const held: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    // The order changes, so that neither profits from what the other has read.
    for (const role of round % 2 ? ['migrator', 'console_api'] : ['console_api', 'migrator'])
      if (role === 'migrator') free.push(await time(role, 'free'))
      else held.push(await time(role, 'held'))
  }
  const ratio = median(held) / median(free)
  if (ratio > 1.1) missed++
  console.log(`${ratio.toFixed(3)}  ${ratio > 1.1 ? 'over 1.1' : 'ok      '}  ${name}`)
}
await database.close()
process.exitCode = missed ? 1 : 0

/** As bodies of the API are: plpgsql keeps its plan. */
async function body(name: string, page: string): Promise<void> {
  await database.engine.script(
    `create or replace function public.bench_${name}() returns jsonb language plpgsql stable as $$ begin
       return (select jsonb_agg(r) from (${page.replaceAll('{me}', me.id)}) r);
     end $$;
     grant execute on function public.bench_${name}() to console_api, migrator`,
  )
}

async function time(role: string, name: string): Promise<number> {
  return database.engine.transaction(async (session) => {
    await enter(session, role, me.claims)
    const start = performance.now()
    await session.query(`select public.bench_${name}()`)
    return performance.now() - start
  })
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

async function seed(into: TestDatabase): Promise<TestUser> {
  const user = await into.createUser('bench-seller')
  const sellers = [user.id]
  for (let index = 0; index < 200; index++)
    sellers.push((await into.createUser(`bench-${index}`)).id)
  await into.engine.script('set session_replication_role = replica')
  await into.sql(
    `insert into public.listings (id, seller_id, name, summary, description, category, state,
       change_seq, change_xid)
     select gen_random_uuid(), ($1::uuid[])[1 + n % cardinality($1::uuid[])], 'Listing ' || n, '', '',
       'tables', case when n % 3 = 0 then 'draft' else 'published' end, n, '3'
     from generate_series(1, $2) n`,
    [sellers, LISTINGS],
  )
  await into.sql(
    `insert into public.model_versions (id, listing_id, seller_id, number, state, listed, digest, bytes,
       files, format, source, notes, change_seq, change_xid)
     select gen_random_uuid(), id, seller_id, '1.0.0', case state when 'draft' then state else 'published' end,
       state = 'published', repeat('ab', 32), 1, 1, 'onnx', '{"kind": "none"}', '', change_seq, change_xid
     from public.listings`,
  )
  await into.engine.script('reset session_replication_role')
  await into.engine.script('analyze')
  return user
}
