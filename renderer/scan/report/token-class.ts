import type { TokenKind } from './evidence'

export const TOKEN_CLASS: Record<TokenKind, string> = {
  plain: '',
  name: 'font-semibold text-sev-critical-text',
  text: 'text-accent',
  number: 'text-sev-medium-text',
  comment: 'text-faint',
}
