import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memorySource } from '../../../electron/core/scan/child/byte-source'
import { inspectFile } from '../../../electron/core/scan/child/file-context'
import { loadSourceEngine } from '../../../electron/core/scan/child/source-engine'
import { FromChild } from '../../../electron/core/scan/protocol'
import { resultMessages } from '../../../electron/core/scan/result-messages'
import { indexPatterns, lookUp } from '../../../shared/scan-report/pattern'
import { RulePack } from '../../../shared/scan-report/rule'
import { writeNpy } from '../../fixtures/npy-writer'
import { callPickle } from '../../fixtures/pickle-writer'
import { writePytorch } from '../../fixtures/pytorch-writer'
import { writeSafetensors } from '../../fixtures/safetensors-writer'
import { LIMITS } from '../../fixtures/scan-bytes'
import { writeZip } from '../../fixtures/zip-writer'

const payload = callPickle('os', 'system')
const limits = { ...LIMITS, unpackedBytes: 1024 * 1024, members: 300 }

const SEEDS: Record<string, Buffer> = {
  zip: writeZip(
    [
      { name: 'a.pkl', data: payload, method: 8 },
      { name: 'b.txt', data: Buffer.from('text'), descriptor: true },
      { name: 'c', data: payload, zip64: true },
    ],
    { zip64End: true, comment: 'comment' },
  ),
  pytorch: writePytorch(),
  npy: writeNpy("[('a', '<f4'), ('b', 'O')]", '(2,)', payload),
  safetensors: writeSafetensors([{ name: 'a', dtype: 'F32', shape: [4] }], {
    metadata: { a: 'b' },
  }),
  gzip: gzipSync(writeZip([{ name: 'a', data: payload }])),
  zlib: deflateSync(payload),
  json: Buffer.from(JSON.stringify({ a: [1, { b: 'c' }], chat_template: '{{ a.__class__ }}' })),
  'prefixed zip': writeZip([{ name: 'a', data: payload }], { prefix: Buffer.alloc(40, 7) }),
}

/** Changes to a file that keep most of it: bytes set, stretches cut, copied and filled. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  length: fc.integer({ min: 1, max: 9 }),
  kind: fc.constantFrom('set', 'cut', 'repeat', 'zero', 'ones', 'end'),
  value: fc.integer({ min: 0, max: 255 }),
})
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never

function apply(bytes: Buffer, { at, length, kind, value }: Edit): Buffer {
  const start = Math.floor(at * bytes.length)
  const before = bytes.subarray(0, start)
  const part = bytes.subarray(start, start + length)
  const after = bytes.subarray(start + length)
  if (kind === 'cut') return Buffer.concat([before, after])
  if (kind === 'repeat') return Buffer.concat([before, part, part, after])
  if (kind === 'end') return Buffer.from(before)
  const fill = kind === 'zero' ? 0 : kind === 'ones' ? 255 : value
  return Buffer.concat([before, Buffer.alloc(part.length, fill), after])
}

await loadSourceEngine()

const inspect = (bytes: Buffer) => inspectFile(memorySource(bytes), 'file', limits, () => {})

describe('whatever the bytes are', () => {
  test.each(Object.entries(SEEDS))(
    'a damaged %s file has an outcome the host accepts',
    (_, seed) => {
      fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
          const { format, outcome, facts } = inspect(edits.reduce(apply, seed))
          expect(outcome.status).not.toBe('error')
          expect(outcome.reason === null).toBe(outcome.status === 'complete')
          const read = { bytes: 0, sha256: null, stat: null, repeatable: true }
          for (const message of resultMessages(1, { ...read, format, ...outcome, facts }))
            expect(FromChild.safeParse(message).error).toBeUndefined()
        }),
        { numRuns: 400, seed: 20_251_122 },
      )
    },
  )

  test('random bytes behind every known beginning have an outcome', () => {
    const heads = Object.values(SEEDS).map((seed) => seed.subarray(0, 24))
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 300 }), (head, tail) => {
        expect(inspect(Buffer.concat([head, tail])).outcome.status).not.toBe('error')
      }),
      { numRuns: 1500, seed: 20_251_122 },
    )
  })
})

describe('the shipped rules', () => {
  const root = resolve(import.meta.dirname, '../../..')
  const child = join(root, 'electron/core/scan/child')
  const rules = readdirSync(join(root, 'resources/rules'))
    .filter((name) => name.endsWith('.json'))
    .flatMap(
      (name) =>
        RulePack.parse(JSON.parse(readFileSync(join(root, 'resources/rules', name), 'utf8'))).rules,
    )
  const patterns = indexPatterns(
    rules.flatMap((rule) => (rule.match.names ?? []).map((name) => [name, rule.id] as const)),
  )
  /** Names of facts are literals in the parsers, so that this test can find them. */
  const names = ['archive', 'tensor', 'text', '.']
    .flatMap((folder) => readdirSync(join(child, folder)).map((file) => join(child, folder, file)))
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [
      ...readFileSync(file, 'utf8').matchAll(
        /'((?:zip|gzip|npy|safetensors|limit|deflate|pytorch|text|json|keras|remote-code)\.[a-z][a-z0-9-]*)'/g,
      ),
    ])
    .map((match) => match[1] ?? '')

  test.each([...new Set(names)].sort())('say something about %s', (name) => {
    expect(lookUp(patterns, name)).not.toEqual([])
  })
})
