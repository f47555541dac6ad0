import { readFileSync } from 'node:fs'
import { UsageError } from '../usage'
import { text } from './messages'

export type Tls = 'verify' | 'unverified' | 'off'
export const TLS = ['verify', 'unverified', 'off'] as const

export interface Target {
  host: string
  port: number
  database: string
  user: string
  /** Of DATABASE_URL or PGPASSWORD; undefined is asked for when the server wants one. */
  password: string | undefined
  tls: Tls
  /** PEM of the authority that signed the server's certificate. */
  ca: string | undefined
}

export interface TargetFlags {
  url: string | undefined
  tls: Tls | undefined
  ca: string | undefined
}

/** Where the database is: `--url`, else DATABASE_URL. Throws UsageError. */
export function chooseTarget(flags: TargetFlags, environment: NodeJS.ProcessEnv): Target {
  const given = flags.url ?? environment.DATABASE_URL
  if (given === undefined || given === '') throw new UsageError(text.noUrl)
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url === undefined || !/^postgres(ql)?:$/.test(url.protocol)) throw new UsageError(text.badUrl)
  // Arguments are in the list of processes and in the history of the shell.
  if (flags.url !== undefined && (url.password !== '' || url.searchParams.has('password')))
    throw new UsageError(text.passwordInArgument)
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname)
  if (host === '') throw new UsageError(text.badUrl)
  const port = Number(url.port || 5432)
  if (port === 6543 && host.endsWith('.pooler.supabase.com'))
    throw new UsageError(text.transactionPooler)
  const authority = flags.ca ?? url.searchParams.get('sslrootcert') ?? undefined
  return {
    host,
    port,
    database: decodeURIComponent(url.pathname.slice(1)) || 'postgres',
    user: decodeURIComponent(url.username) || 'postgres',
    password:
      decodeURIComponent(url.password) ||
      url.searchParams.get('password') ||
      environment.PGPASSWORD ||
      undefined,
    tls: flags.tls ?? tlsOf(url.searchParams.get('sslmode'), host),
    ca: authority === undefined ? undefined : readAuthority(authority),
  }
}

/** What identifies a database to a person, and never holds a secret. */
export const nameOf = ({ host, port, database }: Target): string => `${database} on ${host}:${port}`

export const isLocal = (host: string): boolean =>
  host.startsWith('/') || ['localhost', '127.0.0.1', '[::1]', '::1'].includes(host)

/** `sslmode` means what it means to libpq; without it only this machine goes unencrypted. */
function tlsOf(mode: string | null, host: string): Tls {
  if (mode === 'disable') return 'off'
  if (mode === 'require') return 'unverified'
  if (mode === 'verify-ca' || mode === 'verify-full') return 'verify'
  return isLocal(host) ? 'off' : 'verify'
}

function readAuthority(file: string): string {
  try {
    const pem = readFileSync(file, 'utf8')
    if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem
  } catch {
    // Said the same way.
  }
  throw new UsageError(text.noAuthority(file))
}
