import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { authError, validationFailed } from './errors'

/** OWASP's second choice where memory is short: 16 MiB, five times (cheat sheet "Password Storage"). */
const COST = { N: 2 ** 14, r: 8, p: 5 }
const HASH_BYTES = 32
/** minimum_password_length of config.toml. */
const SHORTEST = 10
/** Longer ones cost time and give nothing; bcrypt stops at 72 on a hosted project. */
const LONGEST = 72

/** `scrypt$N$r$p$salt$hash`, so that the cost can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, COST)
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('hex'), hash.toString('hex')].join('$')
}

export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  const [kind, n, r, p, salt = '', hash = ''] = (stored ?? '').split('$')
  if (kind !== 'scrypt') {
    // As slow as for somebody who exists: the time does not tell who has an account.
    await derive(password, Buffer.alloc(16), COST)
    return false
  }
  const wanted = Buffer.from(hash, 'hex')
  const cost = { N: Number(n), r: Number(r), p: Number(p) }
  const actual = await derive(password, Buffer.from(salt, 'hex'), cost)
  return actual.length === wanted.length && timingSafeEqual(actual, wanted)
}

export function checkPassword(password: string): void {
  if (password === '') throw validationFailed('Signup requires a valid password')
  if (Buffer.byteLength(password) > LONGEST)
    throw validationFailed(`Password cannot be longer than ${LONGEST} characters`)
  if (password.length < SHORTEST)
    throw authError(422, 'weak_password', `Password should be at least ${SHORTEST} characters.`, {
      body: { weak_password: { reasons: ['length'] } },
    })
}

function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(password, salt, HASH_BYTES, { ...cost, maxmem: 64 * 1024 ** 2 }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    ),
  )
}
