import type { Change, ComparedFile, ComparedFinding, Comparison } from '@shared/scan-report/compare'
import { queryWords, severityRank, verdictRank } from '../scan/report/findings'
import { CHANGES } from './compare-search'

export interface ComparedRow {
  /** Place in `comparison.findings`, as text. */
  id: string
  entry: ComparedFinding
  /** In the order new, fixed, unchanged. */
  changeRank: number
  /** 0 is the worst. */
  rank: number
}

/** New before fixed before unchanged, and within each the worst first. */
export function comparedRows(comparison: Comparison): ComparedRow[] {
  return comparison.findings
    .map((entry, index) => ({
      id: String(index),
      entry,
      changeRank: CHANGES.indexOf(entry.change),
      rank: severityRank(entry.finding.severity),
    }))
    .sort((a, b) => a.changeRank - b.changeRank || a.rank - b.rank)
}

/** No change chosen is every change. */
export function filterCompared(
  rows: readonly ComparedRow[],
  changes: ReadonlySet<Change>,
  query: string,
): ComparedRow[] {
  const words = queryWords(query)
  return rows.filter(({ entry }) => {
    if (changes.size > 0 && !changes.has(entry.change)) return false
    if (words.length === 0) return true
    const { finding, path, previousPath } = entry
    const haystack = [
      finding.title,
      finding.ruleId,
      path,
      previousPath ?? '',
      finding.location.member ?? '',
      finding.evidence,
    ]
      .join('\n')
      .toLowerCase()
    return words.every((word) => haystack.includes(word))
  })
}

export function filterComparedFiles(files: readonly ComparedFile[], query: string): ComparedFile[] {
  const words = queryWords(query)
  return files.filter(({ path, previousPath }) => {
    const haystack = `${path}\n${previousPath ?? ''}`.toLowerCase()
    return words.every((word) => haystack.includes(word))
  })
}

export type Trend = 'better' | 'worse' | 'same'

/** By the verdict; of equal verdicts, by what is new and what is gone at high or above. */
export function trendOf(comparison: Comparison): Trend {
  const step = verdictRank(comparison.verdict) - verdictRank(comparison.previousVerdict)
  if (step !== 0) return step > 0 ? 'better' : 'worse'
  const grave = (change: Change) =>
    comparison.findings.some(
      (entry) => entry.change === change && severityRank(entry.finding.severity) <= HIGH,
    )
  if (grave('new')) return 'worse'
  return grave('fixed') ? 'better' : 'same'
}

const HIGH = severityRank('high')
