import { hasAddress, isProse, isSpokenNeedle } from './prose'
import { labelOf, type Needle, text } from './value'

const SHOWN_CHARACTERS = 1000

/**
 * What it means that conditions on messages, or on the time, select a constant text. undefined when
 * the text tells nobody anything.
 */
export function judgeText(
  shown: string,
  needles: readonly Needle[],
): { name: string; evidence: string } | undefined {
  const [first] = needles
  if (first === undefined || !isProse(shown)) return undefined
  const spoken = needles.find(isSpokenNeedle)
  const time = needles.find(({ about }) => about === 'time')
  const cause = spoken ?? time ?? first
  const quoted = labelOf(text(shown.trim().slice(0, SHOWN_CHARACTERS), false))
  const evidence = `${labelOf(text(cause.text, false))} -> ${quoted}`
  if (spoken !== undefined)
    return { name: hasAddress(shown) ? 'behaviour.trigger.address' : 'behaviour.trigger', evidence }
  if (time !== undefined) return { name: 'behaviour.time-trigger', evidence }
  const late = needles.some(({ about }) => about === 'count')
  return { name: late ? 'behaviour.count-trigger' : 'behaviour.marker', evidence }
}
