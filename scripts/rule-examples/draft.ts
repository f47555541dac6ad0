import type { RuleExample } from '@shared/contract/rules'
import { listing } from './listing'

/** Examples of the rules of a pack: what fires, and the nearest thing that must not. */
export type PackExamples = Record<string, { fires: RuleExample; silent: RuleExample }>

export function text(file: string, note: string, shown: string): RuleExample {
  return { file, shown, note }
}

/** Bytes that are no text; a pickle is listed by its opcodes. */
export function bytes(
  file: string,
  note: string,
  content: Buffer,
  limits?: RuleExample['limits'],
): RuleExample {
  const isPickle = /\.(pkl|joblib|pt|bin)$/.test(file) && content[0] !== 0x50
  return {
    file,
    shown: listing(content, isPickle),
    base64: content.toString('base64'),
    note,
    ...(limits !== undefined && { limits }),
  }
}

export const pair = (fires: RuleExample, silent: RuleExample) => ({ fires, silent })
