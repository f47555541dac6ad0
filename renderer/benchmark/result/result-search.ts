export const RESULT_TABS = ['speed', 'accuracy', 'launches', 'conditions'] as const
export type ResultTab = (typeof RESULT_TABS)[number]

export function parseResultSearch(search: Record<string, unknown>): { tab?: ResultTab } {
  const tab = RESULT_TABS.find((known) => known === search.tab)
  return tab === undefined || tab === 'speed' ? {} : { tab }
}
