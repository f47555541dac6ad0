import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Policy } from '@shared/scan-report/policy'
import { z } from 'zod'
import { ensureFolder } from '../data-folder'
import { DEFAULT_POLICY } from './profiles'

/** A policy or a file of policies that cannot be used. Says where, what and what to do. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError'
}

const Stored = z.strictObject({ active: z.string(), policies: z.array(Policy) })
export type StoredPolicies = z.infer<typeof Stored>

/** 10,000 ignores of the longest fields are about 20 MB. */
const MOST_BYTES = 32 * 1024 * 1024

/**
 * What this workspace has saved; no file is none. A file that cannot be used is an error, never
 * Balanced: a scan must not be judged by something else than what was chosen.
 */
export function readPolicies(file: string): StoredPolicies {
  const text = readText(file)
  if (text === undefined) return { active: DEFAULT_POLICY, policies: [] }
  return parse(Stored, text, file)
}

/** One policy in a file of the user's own. Throws PolicyError. */
export function readPolicyFile(file: string): Policy {
  const text = readText(file)
  if (text === undefined) throw new PolicyError(`There is no policy file ${file}.`)
  return parse(Policy, text, file)
}

export function writePolicies(file: string, policies: StoredPolicies): void {
  ensureFolder(dirname(file))
  // A crash between the two leaves the old file whole.
  writeFileSync(`${file}.new`, `${JSON.stringify(policies, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

function readText(file: string): string | undefined {
  try {
    const bytes = readFileSync(file)
    if (bytes.length > MOST_BYTES)
      throw new PolicyError(`${file} has ${bytes.length} bytes, more than any policy needs.`)
    return bytes.toString('utf8')
  } catch (error) {
    if (error instanceof PolicyError) throw error
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return
    throw new PolicyError(`${file} cannot be read: ${(error as Error).message}.`)
  }
}

function parse<T>(schema: z.ZodType<T>, text: string, file: string): T {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new PolicyError(`${file} is not JSON: ${(error as Error).message}`)
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const where = issue?.path.join('.') || 'the whole'
  throw new PolicyError(`${file}, ${where}: ${issue?.message ?? 'not valid'}. Correct the file.`)
}
