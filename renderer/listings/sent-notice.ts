import type { Notice } from '@renderer/ui/toast'
import { text } from './sign-check-messages'

/** That evidence is on the server; and why its signature does not count, where it does not. */
export const sentNotice = (title: string, unsigned: string | null): Notice =>
  unsigned === null ? { title, tone: 'ok' } : { title, description: text.unsigned(unsigned) }
