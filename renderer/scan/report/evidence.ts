export type EvidenceKind = 'code' | 'hex'

/** 'offset  hex bytes  text', as xxd and hexdump -C print it, or bare pairs of hex digits. */
const HEX_LINE = /^(?:[0-9a-f]{4,16}:?\s+)?(?:[0-9a-f]{2}\s{0,2}){4,}(?:\s.{0,20})?$/i

/** Evidence is text either way; this only decides how it is set. */
export function evidenceKind(evidence: string): EvidenceKind {
  const lines = evidence.split('\n').filter((line) => line.trim() !== '')
  return lines.length > 0 && lines.every((line) => HEX_LINE.test(line.trim())) ? 'hex' : 'code'
}

// Bidirectional controls, zero-width characters and C0/C1 controls other than tab and newline:
// they could make evidence read other than it is (CVE-2021-42574, "Trojan Source").
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is its purpose
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** Shows characters that a terminal or browser would hide, as their code point. */
export function visible(text: string): string {
  return text.replace(
    INVISIBLE,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )
}

/** '420 (0x1a4)' */
export function offsetText(offset: number, format: (n: number) => string): string {
  return `${format(offset)} (0x${offset.toString(16)})`
}

/** Sets off keywords, strings and numbers of a decompiled call; the pieces join to the text again. */
export type TokenKind = 'plain' | 'name' | 'text' | 'number' | 'comment'
export interface Token {
  kind: TokenKind
  text: string
}

const TOKEN =
  /(?<comment>#[^\n]*)|(?<text>[bru]{0,2}(?:"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))|(?<number>\b(?:0x[0-9a-fA-F]+|\d+(?:\.\d+)?)\b)|(?<name>[A-Za-z_][\w.]*(?=\s*\())/g

export function tokens(code: string): Token[] {
  const out: Token[] = []
  let end = 0
  for (const match of code.matchAll(TOKEN)) {
    if (match.index > end) out.push({ kind: 'plain', text: code.slice(end, match.index) })
    out.push({ kind: kindOf(match.groups ?? {}), text: match[0] })
    end = match.index + match[0].length
  }
  if (end < code.length) out.push({ kind: 'plain', text: code.slice(end) })
  return out
}

function kindOf(groups: Record<string, string | undefined>): TokenKind {
  if (groups.comment !== undefined) return 'comment'
  if (groups.text !== undefined) return 'text'
  return groups.number === undefined ? 'name' : 'number'
}
