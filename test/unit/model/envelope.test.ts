import { createPublicKey } from 'node:crypto'
import { fromBase64, toBase64 } from '@shared/model/base64'
import { openEnvelope, PAYLOAD_TYPE, preAuthEncoding, sealEnvelope } from '@shared/model/dsse'
import { fingerprintOf, publicKeyOf, readPem, readPublicKey, toPem } from '@shared/model/keys'
import { verifyWithNoble } from '@shared/model/noble'
import { fromUtf8, toUtf8 } from '@shared/model/utf8'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { verifyEd25519 } from '../../../electron/core/model/ed25519'
import { ISSUER, signerNamed, WITNESS } from '../../fixtures/passports'

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))

/** RFC 8032 7.1: public key, message, signature. */
const VECTORS: readonly [string, string, string][] = [
  [
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
]
/** Order of the base point (RFC 8032 5.1): S + L would be a second signature of the same message. */
const L = 2n ** 252n + 27742317777372353535851937790883648493n

describe.each([
  ['OpenSSL', verifyEd25519],
  ['noble', verifyWithNoble],
])('Ed25519 by %s', (_, verify) => {
  test.each(VECTORS)('accepts the vector of RFC 8032 with key %s', (key, message, signature) => {
    expect(verify(bytes(key), bytes(message), bytes(signature))).toBe(true)
    expect(verify(bytes(key), bytes(`${message}00`), bytes(signature))).toBe(false)
  })
  test.each(VECTORS)('refuses the second form of a signature with key %s', (key, message, sig) => {
    const form = bytes(sig)
    const s = BigInt(`0x${Buffer.from(form.slice(32)).reverse().toString('hex')}`) + L
    form.set(Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse(), 32)
    expect(verify(bytes(key), bytes(message), form)).toBe(false)
  })
})

describe('DSSE', () => {
  test('signs the bytes that its protocol publishes', () => {
    const encoded = preAuthEncoding('http://example.com/HelloWorld', toUtf8('hello world'))
    expect(fromUtf8(encoded)).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world')
  })
  test('counts bytes and not characters', () => {
    expect(fromUtf8(preAuthEncoding('é', toUtf8('€')))).toBe('DSSEv1 2 é 3 €')
  })
  test('an envelope comes back as it was, with further signatures in order', async () => {
    const payload = toUtf8('{}')
    const message = preAuthEncoding(PAYLOAD_TYPE, payload)
    const signers = [ISSUER, WITNESS, signerNamed('third'), signerNamed('fourth')]
    const signatures = await Promise.all(
      signers.map(async (one) => ({ key: one.key, bytes: await one.sign(message) })),
    )
    const sealed = sealEnvelope({ payload, signatures: [...signatures] })
    const opened = openEnvelope(sealed)
    expect(opened.signatures[0]?.key.keyId).toBe(ISSUER.key.keyId)
    expect(sealEnvelope(opened)).toEqual(sealed)
    const [issuer, ...others] = JSON.parse(fromUtf8(sealed)).signatures
    const turned = JSON.stringify({
      ...JSON.parse(fromUtf8(sealed)),
      signatures: [issuer, ...others.reverse()],
    })
    expect(() => openEnvelope(toUtf8(turned))).toThrow('in order')
  })
})

describe('Base64', () => {
  test('has one text for any bytes, which Node reads too', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (some) => {
        const text = toBase64(some)
        expect(text).toBe(Buffer.from(some).toString('base64'))
        expect(fromBase64(text)).toEqual(some)
      }),
    )
  })
  test('keeps its text over the pieces it is made of', () => {
    const some = Uint8Array.from({ length: 50_000 }, (_, at) => at * 7)
    expect(toBase64(some)).toBe(Buffer.from(some).toString('base64'))
  })
  test.each(['A', 'AA', 'AAA', 'AB==', 'AAB=', 'A===', 'AA-_', 'AA AA==', 'AA==AA==', 'AAé='])(
    'refuses %s',
    (text) => {
      expect(fromBase64(text)).toBeUndefined()
    },
  )
})

describe('a public key', () => {
  test('is the DER and the PEM that OpenSSL knows', () => {
    const key = createPublicKey(toPem(ISSUER.key))
    expect(key.asymmetricKeyType).toBe('ed25519')
    expect(key.export({ type: 'spki', format: 'pem' })).toBe(toPem(ISSUER.key))
  })
  test('comes back from PEM, with other line ends, and bare', () => {
    const pem = toPem(ISSUER.key)
    for (const text of [pem, pem.replaceAll('\n', '\r\n'), ISSUER.key.spki, ` ${pem}\n`])
      expect(readPem(text)).toEqual(ISSUER.key)
  })
  test('of another kind is none', () => {
    expect(readPublicKey(ISSUER.key.spki.replace('MCow', 'MCoW'))).toBeUndefined()
    expect(readPublicKey(toBase64(ISSUER.key.raw))).toBeUndefined()
    expect(readPem('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----')).toBeUndefined()
  })
  test('is named by the hash of its DER, in groups that people can compare', () => {
    const { keyId } = publicKeyOf(bytes(VECTORS[0]?.[0] ?? ''))
    expect(keyId).toMatch(/^[0-9a-f]{64}$/)
    expect(fingerprintOf(keyId)).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/)
  })
})
