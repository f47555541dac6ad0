import type { Needle } from './value'

/** Tags and tokens: '</think>', '<|im_end|>', '[INST]', '<<SYS>>', '{{name}}'. */
const MARKUP = /<<?\/?[^<>\s]{1,40}>?>|\[\/?[^[\]\s]{1,40}\]|\{\{?[^{}\s]{1,40}\}?\}/g
/** Switches that chat front ends write into messages: '/no_think', '###', 'USER:', '```'. */
const SWITCH = /^([/@#*`~=_-]+\w{0,24}|[A-Z_]{2,24}:)$/
const WORD = /\p{L}{2,}/gu
const ADDRESS = /\b(?:https?|ftp|wss?):\/\/|\bwww\.\w|\b\d{1,3}(?:\.\d{1,3}){3}\b/

/** Whether a condition looks for words that people write, and not for a token of the format. */
export function isSpokenNeedle({ about, text }: Needle): boolean {
  if (about !== 'text') return false
  const bare = text.replace(MARKUP, '').trim()
  // Nobody sees these, and no tokenizer has a token of its own for them.
  if (INVISIBLE.test(text)) return true
  return /\p{L}{2,}/u.test(bare) && !SWITCH.test(bare)
}

/** Zero-width characters and marks that print nothing, as a trigger in a message. */
const INVISIBLE = /[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u{e0000}-\u{e007f}]/u

/** Orders against the conversation itself, which a template has no reason to give. */
const COMMANDS =
  /\b(?:ignore|disregard|forget|override)\s+(?:\w+\s+){0,3}(?:instructions?|prompts?|rules|messages)\b|\b(?:never|do not|don't)\s+(?:mention|reveal|disclose|tell|admit)\s+(?:\w+\s+){0,3}(?:this|these|that|the user|instructions?|anyone)\b|\b(?:leak|exfiltrate|send)\s+(?:\w+\s+){0,3}(?:keys?|passwords?|secrets?|tokens?|credentials?|conversation)\b/i

export const commandIn = (text: string): string | undefined => COMMANDS.exec(text)?.[0]

/** A text up to its first token of the format. */
export function beforeMarkup(text: string): string {
  const at = text.search(MARKUP)
  return at < 0 ? text : text.slice(0, at)
}

/** A sentence: five words or more beside the tokens of the format. */
export function isLongProse(text: string): boolean {
  return (text.replace(MARKUP, ' ').match(WORD)?.length ?? 0) >= 5
}

/** Whether a text tells a reader something: two words or more, or an address. */
export function isProse(text: string): boolean {
  const bare = text.replace(MARKUP, ' ')
  return hasAddress(bare) || (bare.match(WORD)?.length ?? 0) >= 2
}

export function hasAddress(text: string): boolean {
  return ADDRESS.test(text)
}

/** Characters that hide text from people who read it: bidirectional overrides and tag characters. */
export const HIDDEN = /[\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u
