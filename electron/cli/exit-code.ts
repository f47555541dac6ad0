import { rank } from '@shared/scan-report/match'
import { type ScanReport, SEVERITIES, type Severity } from '@shared/scan-report/report'
import { isTruncated } from '@shared/scan-report/truncated'
import { EXIT } from './usage'

export const FAIL_ON = ['malicious', 'suspicious', ...SEVERITIES] as const
export type FailOn = (typeof FAIL_ON)[number]

/** 1 beyond the line of --fail-on, else 2 for what was not read or not known, else 0. */
export function exitCode(report: ScanReport, failOn: FailOn): number {
  const { summary } = report
  if (summary.files === 0) return EXIT.nothing
  if (isSeverity(failOn)) {
    if (
      SEVERITIES.some(
        (severity) => rank(severity) <= rank(failOn) && summary.bySeverity[severity] > 0,
      )
    )
      return EXIT.found
  } else if (summary.byVerdict.malicious > 0) return EXIT.found
  else if (failOn === 'suspicious' && summary.byVerdict.suspicious > 0) return EXIT.found
  const unread = summary.byStatus.inconclusive + summary.byStatus.error + summary.byVerdict.unknown
  // Of what did not fit into the report, only the verdict is known.
  const unseen = isSeverity(failOn) && isTruncated(report)
  return unread > 0 || unseen ? EXIT.error : EXIT.clean
}

/** The least severity that fails a run, for outputs that know no verdicts. */
export function thresholdOf(failOn: FailOn): Severity {
  if (isSeverity(failOn)) return failOn
  return failOn === 'malicious' ? 'high' : 'medium'
}

function isSeverity(line: FailOn): line is Severity {
  return (SEVERITIES as readonly string[]).includes(line)
}
