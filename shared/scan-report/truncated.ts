import type { ScanReport } from './report'

/** The sentence of electron/core/scan/budget.ts, which every stored report that was full carries. */
const SENTENCE = / findings did not fit into this report; /

/** Whether findings were dropped that the verdicts of its files count. */
export function isTruncated(report: Pick<ScanReport, 'notes'>): boolean {
  return report.notes.some((note) => SENTENCE.test(note))
}
