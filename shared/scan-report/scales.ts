/**
 * The scales of a report. Apart from the schemas in report.ts, because the page needs
 * the lists and does without zod.
 */
/** Worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const

/** Worst first: malicious > suspicious > unknown > clean. */
export const VERDICTS = ['malicious', 'suspicious', 'unknown', 'clean'] as const

/** Best first. */
export const GRADES = ['A+', 'A', 'B', 'C', 'D', 'F'] as const
