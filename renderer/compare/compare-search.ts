import type { Change } from '@shared/scan-report/compare'
import { searched } from '../ui/table-page/searched'

/** Spelled out here: the list of the contract would bring its schema library into the page. */
export const CHANGES: readonly Change[] = ['new', 'fixed', 'unchanged']

export interface CompareSearch {
  /** Id of the report that is "before". */
  with?: string
  tab?: 'files'
  /** 'new,fixed'; absent is all. */
  change?: string
  q?: string
}

export function parseCompareSearch(search: Record<string, unknown>): CompareSearch {
  const q = searched(search.q, 200)
  const change = changesOf(search.change)
  const some = change.length > 0 && change.length < CHANGES.length
  return {
    ...(typeof search.with === 'string' && UUID.test(search.with) && { with: search.with }),
    ...(search.tab === 'files' && { tab: 'files' as const }),
    ...(some && { change: change.join(',') }),
    ...(q && { q }),
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function changesOf(value: unknown): Change[] {
  const asked = typeof value === 'string' ? value.split(',') : []
  return CHANGES.filter((change) => asked.includes(change))
}
