import { type ByteSource, readBytes } from '../byte-source'
import type { ParseContext } from '../context'

/** Beyond this a text is data; looking through all of it would cost more than it finds. */
const MOST_BYTES = 1024 * 1024
const MOST_FINDINGS = 50

/**
 * Tokens whose shape says what they are. Sources: the issuers' own documents; GitHub's list of secret scanning
 * patterns. One alternation, so that a text is read once; every part has a bounded length.
 */
const TOKENS: readonly (readonly [string, string])[] = [
  ['aws-key', String.raw`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`],
  [
    'github-token',
    String.raw`\b(?:gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9_]{60,255})\b`,
  ],
  ['gitlab-token', String.raw`\bglpat-[A-Za-z0-9_-]{20,64}\b`],
  ['hugging-face-token', String.raw`\b(?:hf_|api_org_)[A-Za-z]{34}\b`],
  ['anthropic-key', String.raw`\bsk-ant-(?:api|admin)\d{2}-[A-Za-z0-9_-]{80,120}`],
  [
    'openai-key',
    String.raw`\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,100}T3BlbkFJ[A-Za-z0-9_-]{20,100}`,
  ],
  [
    'slack-token',
    String.raw`\bxox[abeoprs]-[0-9A-Za-z-]{10,250}|https://hooks\.slack\.com/services/T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/[A-Za-z0-9]{24}`,
  ],
  ['stripe-key', String.raw`\b[rs]k_live_[0-9a-zA-Z]{20,250}\b`],
  ['google-key', String.raw`\bAIza[0-9A-Za-z_-]{35}\b`],
  ['npm-token', String.raw`\bnpm_[A-Za-z0-9]{36}\b`],
  ['pypi-token', String.raw`\bpypi-AgE[A-Za-z0-9_-]{50,250}`],
  [
    'discord-webhook',
    String.raw`https://(?:\w{1,10}\.)?discord(?:app)?\.com/api/webhooks/\d{17,20}/[A-Za-z0-9_-]{60,80}`,
  ],
  ['telegram-token', String.raw`\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b`],
  [
    'private-key',
    '-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED |PGP )?PRIVATE KEY(?: BLOCK)?-----',
  ],
  [
    'json-web-token',
    String.raw`\beyJ[A-Za-z0-9_-]{10,1000}\.eyJ[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]{20,1000}`,
  ],
  [
    'url-password',
    String.raw`\b[a-z][a-z0-9+.-]{1,14}://[\w.%+-]{1,64}:[^\s/@:"'<>{}$` +
      '`' +
      String.raw`]{6,100}@[\w.-]{3,100}`,
  ],
  [
    'password',
    String.raw`\b(?i:password|passwd|pwd|secret(?:[_-]?key)?|api[_-]?key|access[_-]?token|auth[_-]?token|client[_-]?secret)["']?\s{0,3}[:=]\s{0,3}["'][^"'\s]{10,100}["']`,
  ],
]
const ALL = new RegExp(TOKENS.map(([, pattern]) => `(${pattern})`).join('|'), 'g')
/** Texts that a search for each literal beginning can rule out cheaply. */
const HINT =
  /AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|hf_|api_org_|sk-|xox|hooks\.slack|k_live_|AIza|npm_|pypi-|webhooks\/|:AA|PRIVATE KEY|eyJ|:\/\/[^\s/]*@|passw|pwd|secret|api[_-]?key|token/i

/** What stands for a secret in documents and examples. */
const PLACEHOLDER =
  /example|sample|dummy|placeholder|changeme|change[_-]me|your[_-]?|xxxx|\*\*\*|\.\.\.|<[^>]+>|\$\{|\{\{|%\(|test|fake|redacted|todo|insert|replace|foobar|abcdef|012345|123456|secret|password|none|null|undefined|localhost|127\.0\.0\.1|process\.env|os\.environ|getenv/i

/**
 * Facts 'secret.<kind>' of kind 'content'. What is found is never repeated: the evidence has the first four
 * characters and the length, which is enough to find it again.
 */
export function lookForSecrets(source: ByteSource, context: ParseContext): void {
  const text = readBytes(source, 0, MOST_BYTES).toString('latin1')
  if (!HINT.test(text)) return
  let found = 0
  for (const match of text.matchAll(ALL)) {
    context.checkpoint()
    const kind = TOKENS[match.slice(1).findIndex((group) => group !== undefined)]?.[0]
    if (kind === undefined || !isLive(kind, match[0], text, match.index)) continue
    context.add({
      kind: 'content',
      name: `secret.${kind}`,
      location: { offset: match.index, line: lineAt(text, match.index) },
      evidence: redacted(kind, match[0]),
    })
    if (++found === MOST_FINDINGS) return
  }
}

function isLive(kind: string, match: string, text: string, at: number): boolean {
  if (kind === 'private-key') {
    // A constant in a program that handles keys has no key behind it.
    const body = text.slice(at + match.length, at + match.length + 400).replace(/\\[nr]/g, '\n')
    return /^\s*(?:[\w-]+: [^\n]*\n\s*)*[A-Za-z0-9+/=]{40,}/.test(body)
  }
  if (kind === 'url-password') {
    const password = /:([^:@]+)@[^@]*$/.exec(match)?.[1] ?? ''
    return !PLACEHOLDER.test(match) && !/^(pass|user|pw)/i.test(password) && isRandom(password, 2.2)
  }
  if (kind === 'password') {
    const value = /["']([^"']+)["']$/.exec(match)?.[1] ?? ''
    return (
      !PLACEHOLDER.test(value) &&
      /\d/.test(value) &&
      /[a-z]/i.test(value) &&
      !/[()\s]|::|\//.test(value) &&
      isRandom(value, 3.2)
    )
  }
  const value = match.replace(/^[a-z]+[_-]/i, '')
  return !/EXAMPLE|XXXX|(.)\1{7}|1234567|abcdefg/i.test(match) && isRandom(value, 2.5)
}

/** Shannon entropy in bits a character. */
function isRandom(text: string, bits: number): boolean {
  const counts = new Map<string, number>()
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1)
  let entropy = 0
  for (const count of counts.values())
    entropy -= (count / text.length) * Math.log2(count / text.length)
  return entropy >= bits
}

function redacted(kind: string, match: string): string {
  const what = kind.replaceAll('-', ' ')
  if (kind === 'private-key') return what
  const value = kind === 'password' ? (/["']([^"']+)["']$/.exec(match)?.[1] ?? match) : match
  return `${what}: ${value.slice(0, 4)}…, ${value.length} characters`
}

function lineAt(text: string, at: number): number {
  let line = 1
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', next + 1))
    line++
  return line
}
