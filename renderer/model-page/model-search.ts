import { type ModelTab, TABS } from './messages'

/** The tab of a model's page; Overview goes without saying. */
export function parseModelSearch({ tab }: Record<string, unknown>): { tab?: ModelTab } {
  const known = TABS.find((name) => name === tab)
  return known && known !== 'overview' ? { tab: known } : {}
}

/** Two versions of a listing; without them, the two newest. */
export function parseCompareSearch({ from, to }: Record<string, unknown>): {
  from?: string
  to?: string
} {
  const id = (value: unknown): value is string => typeof value === 'string' && value !== ''
  return { ...(id(from) && { from }), ...(id(to) && { to }) }
}
