import type { Severity } from '@shared/scan-report/report'
import { SEVERITIES } from '@shared/scan-report/scales'
import { searched } from '../../ui/table-page/searched'
import { STATES, type State } from './dispositions'
import { OUTCOMES, type Outcome } from './findings'

export const FINDING_COLUMNS = [
  'severity',
  'title',
  'place',
  'location',
  'confidence',
  'state',
] as const
export type FindingColumn = (typeof FINDING_COLUMNS)[number]

/** What a link to a report may say. Everything is optional: a wrong value is as none. */
export interface ReportSearch {
  tab?: 'files' | 'charts'
  severity?: string
  q?: string
  /** '-confidence' is descending. */
  sort?: string
  /** Index into `report.files`. */
  file?: number
  /** 'file-finding' */
  finding?: string
  /** Of the tab Files: 'inconclusive,error'. */
  outcome?: string
  /** What was decided about a finding. */
  state?: State | 'aside'
}

export function parseReportSearch(search: Record<string, unknown>): ReportSearch {
  const q = searched(search.q, 200)
  const severity = severitiesOf(search.severity)
  const sort = sortOf(search.sort)
  const outcome = outcomesOf(search.outcome)
  const state = STATES.find((known) => known === search.state)
  const tab = TABS.find((known) => known === search.tab)
  return {
    ...(tab && { tab }),
    ...(severity.length > 0 && { severity: severity.join(',') }),
    ...(q && { q }),
    ...(sort && { sort: sortText(sort) }),
    ...(isIndex(search.file) && { file: Number(search.file) }),
    ...(isPlace(search.finding) && { finding: search.finding }),
    ...(outcome.length > 0 && { outcome: outcome.join(',') }),
    ...(state && { state }),
  }
}

const TABS = ['files', 'charts'] as const

/** What of it makes sense for another report too: a saved view names no file and no finding. */
export function viewOf({ file: _, finding: __, ...filters }: ReportSearch): ReportSearch {
  return filters
}

/** Every filter of `next`, and none that was there before. */
export function replacedBy(next: ReportSearch): {
  [K in keyof ReportSearch]-?: ReportSearch[K] | undefined
} {
  return {
    tab: undefined,
    severity: undefined,
    q: undefined,
    sort: undefined,
    file: undefined,
    finding: undefined,
    outcome: undefined,
    state: undefined,
    ...next,
  }
}

export function severitiesOf(value: unknown): Severity[] {
  const asked = typeof value === 'string' ? value.split(',') : []
  return SEVERITIES.filter((severity) => asked.includes(severity))
}

export function outcomesOf(value: unknown): Outcome[] {
  const asked = typeof value === 'string' ? value.split(',') : []
  return OUTCOMES.filter((outcome) => asked.includes(outcome))
}

export interface FindingSort {
  column: FindingColumn
  descending: boolean
}

export function sortOf(value: unknown): FindingSort | null {
  if (typeof value !== 'string') return null
  const descending = value.startsWith('-')
  const name = descending ? value.slice(1) : value
  const column = FINDING_COLUMNS.find((candidate) => candidate === name)
  return column ? { column, descending } : null
}

export function sortText({ column, descending }: FindingSort): string {
  return descending ? `-${column}` : column
}

/** Whatever an address holds may come here: an object that refuses to be a string is no index. */
function isIndex(value: unknown): value is number | string {
  return (typeof value === 'number' || typeof value === 'string') && /^\d{1,9}$/.test(String(value))
}

/** File and finding, each by its index. */
function isPlace(value: unknown): value is string {
  return typeof value === 'string' && /^\d+-\d+$/.test(value)
}
