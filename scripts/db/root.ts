import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../..')
/** Tools that are fetched on demand; `npm ci` clears it, git does not see it. */
export const CACHE = join(ROOT, 'node_modules/.cache/db-tools')
