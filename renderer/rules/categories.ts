import { catalogue } from '@renderer/app/intl'

const categories = catalogue({
  'code-execution': 'Runs code',
  'file-access': 'Touches files',
  network: 'Uses the network',
  obfuscation: 'Hides something',
  'parser-disagreement': 'Reads differently elsewhere',
  'resource-exhaustion': 'Uses up resources',
  integrity: 'Broken',
  information: 'Worth knowing',
})

/** What a rule is about, in the same words on every page; one that a newer report brings, as it is. */
export const categoryName = (category: string): string =>
  (categories as Record<string, string>)[category] ?? category
