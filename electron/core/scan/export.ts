import { createHash } from 'node:crypto'
import type { ExportFormat } from '@shared/contract/scan'
import { toCsv } from '@shared/scan-report/csv'
import { toGithub } from '@shared/scan-report/github'
import { toHtml } from '@shared/scan-report/html'
import { toJunit } from '@shared/scan-report/junit'
import { LOG_COMMAND } from '@shared/scan-report/logged'
import { toMarkdown } from '@shared/scan-report/markdown'
import type { RuleSet } from '@shared/scan-report/match'
import type { ScanReport, Severity } from '@shared/scan-report/report'
import { type BaselineState, toSarif } from '@shared/scan-report/sarif'

const FILES: Record<ExportFormat, { extension: string; mediaType: string }> = {
  json: { extension: 'json', mediaType: 'application/json' },
  sarif: { extension: 'sarif', mediaType: 'application/sarif+json' },
  csv: { extension: 'csv', mediaType: 'text/csv' },
  junit: { extension: 'xml', mediaType: 'application/xml' },
  github: { extension: 'txt', mediaType: 'text/plain' },
  markdown: { extension: 'md', mediaType: 'text/markdown' },
  html: { extension: 'html', mediaType: 'text/html' },
}

export interface ExportOptions {
  /** Marks SARIF results as new or unchanged. */
  baselineState?: BaselineState | undefined
  /** Least severity that is a failure in JUnit. */
  threshold?: Severity | undefined
}

export function exportReport(
  report: ScanReport,
  format: ExportFormat,
  rules: RuleSet,
  version: string,
  options: ExportOptions = {},
) {
  const stamp = report.startedAt.slice(0, 19).replace(/[:T]/g, '-')
  const { extension, mediaType } = FILES[format]
  const text = textOf(report, format, rules, version, options)
  return { fileName: `scan-${stamp}.${extension}`, mediaType, text }
}

function textOf(
  report: ScanReport,
  format: ExportFormat,
  rules: RuleSet,
  version: string,
  { baselineState, threshold }: ExportOptions,
): string {
  switch (format) {
    case 'json':
      return json(report)
    case 'sarif':
      return json(toSarif(report, rules, version, baselineState))
    case 'csv':
      return toCsv(report)
    case 'junit':
      return toJunit(report, threshold)
    case 'github':
      return toGithub(report)
    case 'markdown':
      return toMarkdown(report)
    case 'html':
      return toHtml(report, (text) => createHash('sha256').update(text).digest('base64'))
  }
}

/** JSON leaves DEL, C1 and the marks that turn text around as they are; a terminal obeys them (CWE-150), and a build '##[…]'. */
export function json(value: object): string {
  const escaped = JSON.stringify(value, null, 2)
    .replace(
      /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replace(LOG_COMMAND, '#\\u0023')
  return `${escaped}\n`
}
