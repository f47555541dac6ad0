import { counterSign, signStatement } from '@shared/model/build'
import { canonicalBytes } from '@shared/model/canonical'
import { openEnvelope, sealEnvelope } from '@shared/model/dsse'
import { verifyWithNoble } from '@shared/model/noble'
import { fromUtf8, toUtf8 } from '@shared/model/utf8'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  content,
  forged,
  ISSUER,
  measurement,
  passport,
  series,
  sha256Of,
  signerNamed,
  statement,
  TRUSTING,
  verify,
  WITNESS,
} from '../../fixtures/passports'

const outcome = async (bytes: Uint8Array, more = {}) => (await verify(bytes, more)).verification

describe('an honest passport', () => {
  test('is valid, for OpenSSL and for noble, and says what it says', async () => {
    const bytes = await passport()
    for (const verifySignature of [undefined, verifyWithNoble]) {
      const found = await verify(bytes, verifySignature && { verifySignature })
      expect(found.verification).toMatchObject({ outcome: 'valid', level: 'signed' })
      expect(found.statement).toEqual(statement())
    }
  })
  test('is the same bytes for the same content', async () => {
    expect(await passport()).toEqual(await passport())
  })
  test('names what it did not look at', async () => {
    const { checks } = await outcome(await passport())
    expect(checks.filter(({ result }) => result === 'note').map(({ id }) => id)).toEqual([
      'scan',
      'files',
    ])
  })
  test('of a key that nobody trusts leaves open who speaks', async () => {
    expect(await outcome(await passport(), { trusted: new Map() })).toMatchObject({
      outcome: 'undecided',
      level: 'self-reported',
      sentence: expect.stringContaining(ISSUER.key.keyId),
    })
  })
  test('of another key than the one that was named is not the one meant', async () => {
    const trusted = new Map([[WITNESS.key.keyId, 'Somebody']])
    expect(await outcome(await passport(), { trusted, onlyThese: true })).toMatchObject({
      outcome: 'invalid',
      sentence: expect.stringContaining('not with the key you named'),
    })
  })
  test('past its time is undecided', async () => {
    const bytes = await passport({ validUntil: new Date('2026-11-01T13:00:00.000Z') })
    expect(await outcome(bytes)).toMatchObject({
      outcome: 'undecided',
      sentence: expect.stringContaining('valid until'),
    })
  })
  test('from the future is undecided', async () => {
    const now = new Date('2026-10-01T00:00:00.000Z')
    expect((await outcome(await passport(), { now })).outcome).toBe('undecided')
  })
})

describe('no change goes through', () => {
  test('of a single character of the envelope', async () => {
    const text = fromUtf8(await passport({ measurements: [] }))
    const others = ['A', '0', '"', ' ', '{']
    for (let at = 0; at < text.length; at++) {
      const other = others.find((one) => one !== text[at]) ?? 'B'
      for (const changed of [
        text.slice(0, at) + other + text.slice(at + 1),
        text.slice(0, at) + text.slice(at + 1),
        text.slice(0, at) + other + text.slice(at),
      ]) {
        if (changed === text) continue
        const found = await outcome(toUtf8(changed))
        if (found.outcome !== 'invalid') expect.unreachable(`character ${at} -> ${other}`)
      }
    }
  })
  test('of any bits of its bytes', async () => {
    const bytes = await passport()
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, bits) => {
          const changed = bytes.slice()
          changed[at] = (changed[at] ?? 0) ^ bits
          expect((await outcome(changed)).outcome).toBe('invalid')
        },
      ),
      { numRuns: 500 },
    )
  })
  test('of the payload under the old signature', async () => {
    const bytes = await passport()
    const { signatures } = openEnvelope(bytes)
    const payload = fromUtf8(openEnvelope(bytes).payload)
    const changed = payload.replace('"licence":"MIT"', '"licence":"BSD"')
    expect(changed).not.toBe(payload)
    expect(await outcome(sealEnvelope({ payload: toUtf8(changed), signatures }))).toMatchObject({
      outcome: 'invalid',
      sentence: expect.stringContaining('does not fit'),
    })
  })
  test('of bytes around it', async () => {
    const text = fromUtf8(await passport())
    for (const changed of [`${text}\n`, ` ${text}`, `\ufeff${text}`, text + text, '', '{}'])
      expect((await outcome(toUtf8(changed))).outcome).toBe('invalid')
  })
})

describe('a lie under a valid signature is found by recomputing', () => {
  const oneLess = (value: unknown) => Number(value) - 1
  const SCAN = 'predicate.scan'
  const MEASURED = 'predicate.measurements.0.document'
  test.each<[string, string, (value: unknown) => unknown, string]>([
    ['a better grade', `${SCAN}.summary.grade`, () => 'A+', '$.predicate.scan.summary.grade'],
    [
      'a better verdict of a file',
      `${SCAN}.files.1.verdict`,
      () => 'clean',
      '$.predicate.scan.files[1].verdict',
    ],
    [
      'a milder finding without its consequences',
      `${SCAN}.files.1.findings.0.severity`,
      () => 'low',
      '$.predicate.scan.files[1].verdict',
    ],
    [
      'a step of the grade',
      `${SCAN}.summary.gradeSteps.0.points`,
      () => 101,
      '$.predicate.scan.summary.gradeSteps[0].points',
    ],
    ['another status', `${SCAN}.status`, () => 'error', '$.predicate.scan.status'],
    [
      'another subject than what was scanned',
      'subject.0.digest.sha256',
      () => sha256Of('other'),
      '$.subject[0].digest.sha256',
    ],
    ['a subject fewer', 'subject.1', () => undefined, '$.subject[1]'],
    [
      'one digit of a statistic',
      `${MEASURED}.statistics.p50Ns`,
      oneLess,
      '$.predicate.measurements[0].document.statistics.p50Ns',
    ],
    [
      'one digit of a raw launch',
      `${MEASURED}.launches.0.latenciesNs.2`,
      oneLess,
      '$.predicate.measurements[0].document.statistics.launchMedianMinNs',
    ],
    [
      'a launch left out',
      `${MEASURED}.launches.1`,
      () => undefined,
      '$.predicate.measurements[0].document.statistics.iterations',
    ],
  ])('%s', async (_, at, change, path) => {
    const { outcome: found, checks } = await outcome(await forged(at, change))
    expect(found).toBe('invalid')
    expect(checks.find(({ result }) => result === 'failed')?.path).toBe(path)
  })
  test('a measurement of a file that is not of the model', async () => {
    const bytes = await forged(`${MEASURED}.model`, () => sha256Of('faster twin'))
    expect((await outcome(bytes)).sentence).toContain('not of this model')
  })
  test('a measurement of an unknown kind is undecided, never passed over', async () => {
    const bytes = await forged('predicate.measurements.0.schema', () => 'https://example.com/v1')
    expect(await outcome(bytes)).toMatchObject({
      outcome: 'undecided',
      sentence: expect.stringContaining('cannot recompute'),
    })
  })
  test('another issuer than who signed', async () => {
    const bytes = await signStatement(statement(), WITNESS)
    const trusted = new Map([...TRUSTING, [WITNESS.key.keyId, 'Mallory']])
    expect(await outcome(bytes, { trusted })).toMatchObject({ outcome: 'invalid' })
  })
  test.each<[string, string, unknown]>([
    ['a field nobody knows', 'predicate.score', 100],
    ['a field deep inside', `${SCAN}.summary.gradeSteps.0.note`, 'x'],
    ['a file twice', 'subject.1', statement().subject[0]],
    ['another version', 'predicateType', 'https://console.prometheus.store/model-passport/v2'],
    ['a name that leads out', 'subject.0.name', '../../etc/passwd'],
    ['a name that goes up inside', 'subject.0.name', 'a/../../b'],
    ['an absolute name', 'subject.0.name', '/etc/passwd'],
    ['a name of Windows', 'subject.0.name', 'C:\\boot.ini'],
  ])('%s is refused', async (_, at, value) => {
    const found = await verify(await forged(at, () => value))
    expect(found.verification.outcome).toBe('invalid')
    expect(found.statement).toBeUndefined()
  })
})

describe('evidence', () => {
  const both = new Map([...TRUSTING, [WITNESS.key.keyId as string, 'Moderators']])
  test('above signed needs another key that is trusted', async () => {
    const alone = await passport({ level: 'audited' })
    expect(await outcome(alone)).toMatchObject({
      outcome: 'undecided',
      level: 'signed',
      sentence: 'It claims to be audited, and no other key that you trust has signed that.',
    })
    const witnessed = await counterSign(alone, WITNESS)
    expect(await outcome(witnessed)).toMatchObject({ outcome: 'undecided', level: 'signed' })
    expect(await outcome(witnessed, { trusted: both })).toMatchObject({
      outcome: 'valid',
      level: 'audited',
      levelSentence: 'Moderators, whose key you trust, signed that this was audited.',
    })
  })
  test('is not lifted by a second key of the same holder', async () => {
    const bytes = await counterSign(await passport({ level: 'audited' }), WITNESS)
    const trusted = new Map([...TRUSTING, [WITNESS.key.keyId as string, 'Acme']])
    expect(await outcome(bytes, { trusted })).toMatchObject({
      outcome: 'undecided',
      level: 'signed',
    })
  })
  test('of a trusted witness holds without trust in the issuer', async () => {
    const bytes = await counterSign(await passport({ level: 'reproduced' }), WITNESS)
    const trusted = new Map([[WITNESS.key.keyId as string, 'Moderators']])
    expect(await outcome(bytes, { trusted })).toMatchObject({
      outcome: 'valid',
      level: 'reproduced',
    })
  })
  test('is never more than what is claimed, whoever signs', async () => {
    const bytes = await counterSign(await passport(), WITNESS)
    expect(await outcome(bytes, { trusted: both })).toMatchObject({ level: 'signed' })
  })
  test('is not given twice by one key', async () => {
    const bytes = await passport({ level: 'audited' })
    await expect(counterSign(bytes, ISSUER)).rejects.toThrow('has signed')
  })
  test('that was signed wrongly by a witness makes all of it invalid', async () => {
    const bytes = await counterSign(await passport({ level: 'audited' }), {
      key: WITNESS.key,
      sign: (message) => signerNamed('stranger').sign(message),
    })
    expect(await outcome(bytes, { trusted: both })).toMatchObject({ outcome: 'invalid' })
  })
})

describe('files beside a passport', () => {
  const hashes = (more: Record<string, string | null> = {}) =>
    new Map<string, string | null>(
      Object.entries({
        'model.safetensors': sha256Of('weights'),
        'load.py': sha256Of('code'),
        ...more,
      }),
    )
  const given = async (files: Map<string, string | null>, complete = true) =>
    outcome(await passport(), { filesFor: () => ({ hashes: files, complete }) })
  test('that are the same are said to be', async () => {
    expect((await given(hashes())).checks.at(-1)?.sentence).toContain('2 of the 2 files')
  })
  test.each([
    ['one byte changed', { 'load.py': sha256Of('Code') }, 'load.py is another file'],
    ['one more file', { 'extra.py': sha256Of('x') }, 'does not cover'],
  ])('%s', async (_, change, sentence) => {
    expect(await given(hashes(change))).toMatchObject({
      outcome: 'invalid',
      sentence: expect.stringContaining(sentence),
    })
  })
  test('that are missing are an error in a folder, and open where only some were handed over', async () => {
    const some = hashes()
    some.delete('load.py')
    expect((await given(some)).outcome).toBe('invalid')
    expect((await given(some, false)).outcome).toBe('undecided')
  })
  test('that cannot be read are open', async () => {
    expect((await given(hashes({ 'load.py': null }))).outcome).toBe('undecided')
  })
  test('are wrong even where the first hundred could not be read', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, n) => [`f${n}`, sha256Of('x')] as const),
    )
    const found = await given(hashes(many))
    expect(found.outcome).toBe('invalid')
    expect(found.checks.length).toBeLessThan(40)
  })
})

describe('no passport is made', () => {
  const building = (more: object) => () => statement({ ...content(), ...more })
  test.each([
    [
      'of a figure that the launches do not give',
      { statistics: { ...series().statistics, p90Ns: 1 } },
      'raw launches',
    ],
    ['of a noisy machine', { grade: 'C' as const }, 'never published'],
    ['of another file', { model: sha256Of('twin') }, 'not in this scan'],
  ])('%s', (_, part, sentence) => {
    expect(building({ measurements: [measurement(series(part))] })).toThrow(sentence)
  })
  test('of a kind that cannot be recomputed', () => {
    expect(building({ measurements: [{ schema: 'x', document: 1 }] })).toThrow('cannot recompute')
  })
})

describe('whatever is signed', () => {
  const places = [
    'subject',
    'subject.0',
    'predicate.scan',
    'predicate.scan.files',
    'predicate.scan.files.1.findings.0.confidence',
    'predicate.scan.summary',
    'predicate.scan.summary.bySeverity',
    'predicate.measurements',
    'predicate.measurements.0.document',
    'predicate.measurements.0.document.launches',
    'predicate.measurements.0.document.statistics.p90Ns',
    'predicate.issuedAt',
    'predicate.validUntil',
  ]
  test('is answered with an outcome, and never with an exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.jsonValue(), async (place, value) => {
        const { outcome: found, sentence } = await outcome(await forged(place, () => value ?? 0))
        expect(['invalid', 'undecided', 'valid']).toContain(found)
        expect(sentence).not.toBe('')
      }),
      { numRuns: 300 },
    )
  })
  test('even where it is no JSON at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (some) => {
        expect((await outcome(some)).outcome).toBe('invalid')
      }),
    )
  })
})

test('a valid passport of a bad model says that the model is bad', async () => {
  expect((await outcome(await passport())).sentence).toContain(
    'It calls the model suspicious, grade B.',
  )
})

test('a passport of the longest kind is read, and one that is longer is refused', async () => {
  const long = canonicalBytes({ payload: 'A'.repeat(9 * 1024 * 1024) })
  expect((await outcome(long)).sentence).toContain('at most')
})
