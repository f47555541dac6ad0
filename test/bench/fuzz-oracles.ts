import { gunzipSync } from 'node:zlib'
import { evaluate, type RuleSet } from '@shared/scan-report/match'
import type { Verdict } from '@shared/scan-report/report'
import { verdictOf } from '@shared/scan-report/verdict'
import { unzipSync } from 'fflate'
import type { ScanFileResult } from '../../electron/core/scan/child/scan-file'
import { FromChild } from '../../electron/core/scan/protocol'
import { resultMessages } from '../../electron/core/scan/result-messages'
import { sha256Hex } from '../../electron/core/scan/rules'
import { payload } from '../fixtures/scan-evaluation/opcodes'
import type { FuzzCase } from './fuzz-cases'

const PAYLOADS = [payload(0), payload(2), payload(4)]

/** Milliseconds beyond `fileSeconds` after which a file counts as a hang, on a busy machine too. */
const GRACE_MS = 4000

export interface Judged {
  verdict: Verdict
  /** The law that was broken, in a sentence; undefined when all held. */
  broken: string | undefined
}

/** What must hold for every file, however broken. */
export function judge(
  test: FuzzCase,
  result: ScanFileResult,
  milliseconds: number,
  fileSeconds: number,
  rules: RuleSet,
): Judged {
  for (const said of resultMessages(test.index, result)) {
    const message = FromChild.safeParse(said)
    if (!message.success)
      return { verdict: 'unknown', broken: `The host would refuse it: ${message.error.message}` }
  }
  const verdict = verdictOf(evaluate(rules, result.facts, sha256Hex), result.status)
  return { verdict, broken: brokenLaw(test, result, verdict, milliseconds, fileSeconds) }
}

function brokenLaw(
  test: FuzzCase,
  result: ScanFileResult,
  verdict: Verdict,
  milliseconds: number,
  fileSeconds: number,
): string | undefined {
  const { status, reason, format } = result
  if (status === 'error') return `A parser failed: ${reason}`
  if (milliseconds > fileSeconds * 1000 + GRACE_MS) return `It took ${Math.round(milliseconds)} ms.`
  if (status !== 'complete' && verdict === 'clean') return 'It is clean without having been read.'
  if ((status === 'complete') !== (reason === null)) return 'Status and reason disagree.'
  // The unpickler has run the command before it meets whatever follows.
  if (test.kind === 'armed' && verdict !== 'malicious') return `An armed file is ${verdict}.`
  if (verdict !== 'clean') return undefined
  if (holdsPayload(test.bytes)) return 'It is clean, but a zip reader finds a payload in it.'
  if (test.kind === 'cut' && format === 'gguf' && test.missing >= GGUF_ALIGNMENT)
    return 'It is a clean GGUF file, but its tensors were cut off.'
  if (WHOLE[format]?.(test.bytes) === false)
    return `It is a clean ${format} file, but its end is not where the format says.`
  return undefined
}

/** Padding behind the last tensor may be missing; more may not (ggml/docs/gguf.md). */
const GGUF_ALIGNMENT = 32

/** Does the format end where the file does? Written without a look at the scanner. */
const WHOLE: Record<string, (bytes: Buffer) => boolean> = {
  pickle: isWholePickles,
  safetensors: isWholeSafetensors,
  npy: isWholeNpy,
  gzip: isWholeGzip,
}

/** Larger members are left out: mutated sizes reach into the gigabytes. */
const LARGEST_MEMBER = 1024 * 1024

/** Does another zip reader get one of the payloads out of it? */
function holdsPayload(bytes: Buffer): boolean {
  if (!bytes.includes('PK\x05\x06')) return false
  try {
    const members = unzipSync(bytes, { filter: (file) => file.originalSize <= LARGEST_MEMBER })
    return Object.values(members).some((member) =>
      PAYLOADS.some((payload) => payload.equals(member.subarray(0, payload.length))),
    )
  } catch {
    return false
  }
}

const each = (opcodes: string, value: number): [number, number][] =>
  [...opcodes].map((opcode) => [opcode.charCodeAt(0), value])

/** Lengths of fixed arguments, numbers of lines, widths of counts (CPython, Lib/pickletools.py). */
const FIXED = new Map([
  ...each('(.012NQRbdeltuoas}])\x81\x85\x86\x87\x88\x89\x8f\x90\x91\x92\x93\x94\x97\x98', 0),
  ...each('Khq\x80\x82', 1),
  ...each('M\x83', 2),
  ...each('Jjr\x84', 4),
  ...each('G\x95', 8),
])
const LINES = new Map([...each('FILPSVgp', 1), ...each('ci', 2)])
const COUNTED = new Map([
  ...each('U\x8cC\x8a', 1),
  ...each('TXB\x8b', 4),
  ...each('\x8d\x8e\x96', 8),
])

/** Opcode after opcode to the end of the file, the last one STOP; knows nothing of values. */
function isWholePickles(bytes: Buffer): boolean {
  let at = 0
  let opcode = 0
  while (at < bytes.length) {
    opcode = bytes[at] ?? 0
    at++
    const fixed = FIXED.get(opcode)
    const width = COUNTED.get(opcode)
    if (LINES.has(opcode)) {
      for (let lines = LINES.get(opcode) ?? 0; lines > 0; lines--) {
        const end = bytes.indexOf(10, at)
        if (end < 0) return false
        at = end + 1
      }
    } else if (width !== undefined) {
      if (at + width > bytes.length) return false
      const count = width === 8 ? Number(bytes.readBigUInt64LE(at)) : bytes.readUIntLE(at, width)
      at += width + count
    } else if (fixed !== undefined) at += fixed
    else return false
  }
  return at === bytes.length && opcode === 0x2e
}

function isWholeSafetensors(bytes: Buffer): boolean {
  if (bytes.length < 8) return false
  const length = Number(bytes.readBigUInt64LE(0))
  if (length > bytes.length - 8) return false
  let end = 0
  try {
    const header: unknown = JSON.parse(bytes.subarray(8, 8 + length).toString('utf8'))
    for (const [name, tensor] of Object.entries(
      header as Record<string, { data_offsets?: number[] }>,
    ))
      if (name !== '__metadata__') end = Math.max(end, tensor.data_offsets?.[1] ?? Infinity)
  } catch {
    return false
  }
  return end === bytes.length - 8 - length
}

/** Sizes of plain numbers only; other types are believed. */
function isWholeNpy(bytes: Buffer): boolean {
  const wide = (bytes[6] ?? 0) >= 2
  const start = wide ? 12 : 10
  if (bytes.length < start) return false
  const length = wide ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8)
  const left = bytes.length - start - length
  const header = bytes.toString('latin1', start, start + length)
  const item = /'descr': '[<>|=]?[bufi](\d+)'/.exec(header)?.[1]
  const shape = /'shape': \(([\d, ]*)\)/.exec(header)?.[1]
  if (item === undefined || shape === undefined) return left >= 0
  const sizes = shape.split(',').flatMap((n) => (n.trim() === '' ? [] : [Number(n)]))
  return left === sizes.reduce((product, n) => product * n, Number(item))
}

function isWholeGzip(bytes: Buffer): boolean {
  try {
    gunzipSync(bytes, { maxOutputLength: 64 * 1024 * 1024 })
    return true
  } catch {
    return false
  }
}
