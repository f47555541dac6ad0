import type * as acorn from 'acorn'
import type { Machine } from './machine'
import { isStyleLeak } from './page'

/** Messages of the protocols that mining pools speak. */
const MINING =
  /^(?:mining\.(?:subscribe|authorize|submit|notify)|cn\/\w{1,12}|rx\/(?:0|wow|arq)|cryptonight[\w/-]{0,20}|randomx)$/
/** Pools of miners, by name. */
const POOLS =
  /\b(?:moneroocean|supportxmr|minexmr|nanopool|coinhive|crypto-?loot|xmrpool|hashvault|minergate|webminepool|coinimp)\b/i
/** Texts for a model that lead it to files with secrets, or keep something from its user. */
const ORDERS =
  /<(?:important|system|hidden|instructions?)>|\b(?:do not|don't|never|without) (?:tell|inform|mention|notify|ask|show|alert|telling|informing|asking)\w*\b[^.]{0,60}\b(?:the )?user\b|\bignore (?:all |any )?(?:previous|prior|above) instructions\b/i
const SECRET_WORDS =
  /id_rsa|\.ssh\b|\.env\b|mcp\.json|\.aws\b|private key|keystore|\brecipient|\bbcc\b|\blast messages\b|\bwallet|seed phrase/i

/** An order to look for wallets and keys on a disk. */
const SEARCH_ORDER =
  /\b(?:search|scan|find|read|collect|enumerate|look)\b[^\n]{0,120}\b(?:wallets?|keystore|id_rsa|private keys?|seed phrases?)\b[^\n]{0,200}\b(?:write|send|pass|upload|save|include|post|return)\b/i

/** Longer texts of one file that are read for orders, and characters of each. */
const MOST_TEXTS = 500
const MOST_CHARACTERS = 8000

/** What one file allows, and whether anything in it could reach a pool of miners. */
export interface TextBudget {
  left: number
  readonly connects: boolean
}

export const textBudget = (m: Machine): TextBudget => ({
  left: MOST_TEXTS,
  connects:
    /\bWebSocket\b/.test(m.text) ||
    [...m.seen.values()].some((one) => one.name === 'capability.network'),
})

/** Texts that tell by themselves what they are for. */
export function telling(
  m: Machine,
  node: acorn.Literal | acorn.TemplateElement,
  budget: TextBudget,
): void {
  const text = node.type === 'Literal' ? node.value : (node.value.cooked ?? '')
  if (typeof text !== 'string' || text.length < 4) return
  const mines =
    budget.connects &&
    ((text.length < 40 && MINING.test(text)) || (text.length < 200 && POOLS.test(text)))
  if (mines) m.see('threat.crypto-miner', node)
  // Shorter ones are names; most of the longer ones have nothing to do with secrets.
  if (text.length < 20 || !/\s/.test(text) || budget.left <= 0) return
  const part = text.slice(0, MOST_CHARACTERS)
  if (isStyleLeak(part)) m.see('threat.keylogger', node)
  if (!SECRET_WORDS.test(part)) return
  budget.left--
  if (ORDERS.test(part) || SEARCH_ORDER.test(part)) m.see('threat.prompt-injection', node)
}
