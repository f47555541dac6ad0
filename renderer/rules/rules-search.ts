import type { Severity } from '@shared/scan-report/report'
import { SEVERITIES } from '@shared/scan-report/scales'

export interface RulesSearch {
  q?: string
  pack?: string
  severity?: Severity
}

export function parseRulesSearch(search: Record<string, unknown>): RulesSearch {
  const severity = SEVERITIES.find((known) => known === search.severity)
  const text = (value: unknown) =>
    typeof value === 'number' ? String(value) : typeof value === 'string' ? value : ''
  const q = text(search.q).slice(0, 200)
  const pack = text(search.pack).slice(0, 60)
  return { ...(q && { q }), ...(pack && { pack }), ...(severity && { severity }) }
}
