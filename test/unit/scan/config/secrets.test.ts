import { describe, expect, test } from 'vitest'
import { scanBytes } from '../../../fixtures/scan-bytes'

const scan = (text: string, name = 'notes.txt') => scanBytes(Buffer.from(text), { name })
const secretsOf = (text: string) =>
  scan(text)
    .names('content')
    .filter((name) => name.startsWith('secret.'))
/** Letters and digits without order: no test may hold a token that looks live to other scanners. */
const noise = (length: number, alphabet = 'aB3xY7kQ9mZ2wR5tL8pN4vC6hJ1dF0gS') =>
  Array.from(
    { length },
    (_, index) => alphabet[(index * 7 + (index >> 2) * 5 + 3) % alphabet.length],
  ).join('')

describe('a secret', () => {
  test.each([
    ['aws-key', `AKIA${noise(16, 'QWERTYUIOPASDFGH')}`],
    ['github-token', `ghp_${noise(36)}`],
    ['hugging-face-token', `hf_${noise(34, 'qWeRtYuIoPaSdFgHjKlZxCvBnM')}`],
    ['npm-token', `npm_${noise(36)}`],
    ['google-key', `AIza${noise(35)}`],
    ['slack-token', `xoxb-${noise(24)}`],
    ['url-password', `postgres://admin:${noise(14)}@db.internal:5432/app`],
    ['password', `password = "${noise(20)}"`],
    ['private-key', `-----BEGIN ${'RSA'} PRIVATE KEY-----\n${noise(64)}\n${noise(64)}`],
  ])('is known as %s and never repeated', (kind, text) => {
    const { facts } = scan(`value: ${text}\n`)
    const secret = facts.find(({ name }) => name === `secret.${kind}`)
    expect(secret).toMatchObject({ location: { line: 1 } })
    expect(secret?.evidence?.length).toBeLessThan(60)
    expect(secret?.evidence).not.toContain(text.slice(-12))
  })

  test('is found in source code, in JSON and in UTF-16', () => {
    const token = `ghp_${noise(36)}`
    for (const [name, text] of [
      ['a.sh', `TOKEN=${token}\n`],
      ['a.json', JSON.stringify({ token })],
      ['.env', `TOKEN=${token}\n`],
    ] as const)
      expect(scan(text, name).names('content')).toContain('secret.github-token')
    const wide = scanBytes(Buffer.from(`\ufeff$token = '${token}'`, 'utf16le'), { name: 'a.ps1' })
    expect(wide.names('content')).toContain('secret.github-token')
  })

  test.each([
    'AKIAIOSFODNN7EXAMPLE',
    'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'api_key: "<YOUR_API_KEY>"',
    'password = "${PASSWORD}"',
    'password = "changeme-please-1"',
    'password: process.env.PASSWORD',
    'postgres://user:password@localhost/db',
    'const begin = "-----BEGIN PRIVATE KEY-----"',
    'secret_key = "a.b.settings.SECRET_KEY"',
    'sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"',
  ])('is not a placeholder: %s', (text) => {
    expect(secretsOf(text)).toEqual([])
  })
})
