import { randomBytes } from 'node:crypto'
import type { Script } from '../migrate'

/** What makes this twin another than the next: nobody else can sign its tokens. */
export interface TwinFacts {
  secret: Buffer
  serviceKey: string
}

const TABLE = `
  create schema if not exists twin;
  revoke all on schema twin from public;
  create table if not exists twin.facts (name text primary key, value text not null);`

/** Made on the first start of a folder, never in the template, which is the same for everybody. */
export async function readFacts({ exec, query }: Script): Promise<TwinFacts> {
  await exec(TABLE)
  const fact = async (name: string, value: string) => {
    await query('insert into twin.facts values ($1, $2) on conflict do nothing', [name, value])
    const [row] = await query<{ value: string }>('select value from twin.facts where name = $1', [
      name,
    ])
    return row?.value ?? value
  }
  return {
    secret: Buffer.from(await fact('secret', randomBytes(48).toString('hex')), 'hex'),
    serviceKey: await fact('service_key', `sb_secret_${randomBytes(24).toString('base64url')}`),
  }
}
