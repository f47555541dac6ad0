import { join } from 'node:path'
import { type Comparison, compareReports } from '@shared/scan-report/compare'
import { logged } from '@shared/scan-report/logged'
import { ScanReport } from '@shared/scan-report/report'
import { createNodePlatform, dataFolderOf } from '../core/node-platform'
import type { Platform } from '../core/platform'
import { json } from '../core/scan/export'
import { parseOptions } from './arguments'
import { text } from './messages'
import { type Style, styleFor } from './output/style'
import { readJsonFile, storedReport } from './reports'
import { choice, EXIT, UsageError } from './usage'

/** What is new, fixed and unchanged in the second of two reports. */
export async function run(args: string[], bundleFolder: string): Promise<number> {
  const { values, positionals } = parse(args)
  const format = choice('--format', values.format, ['text', 'json'])
  const [before, after] = positionals
  if (before === undefined || after === undefined || positionals.length > 2)
    throw new UsageError(text.compareUsage)
  const platform = createNodePlatform({
    host: 'command-line',
    dataFolder: dataFolderOf(values['data-dir'], process.env),
    roots: [],
    node: process.execPath,
    bundleFolder,
    resources: join(bundleFolder, '../../resources'),
  })
  const comparison = compareReports(
    await reportOf(platform, before),
    await reportOf(platform, after),
  )
  process.stdout.write(
    format === 'json' ? json(comparison) : toText(comparison, styleFor(process.stdout)),
  )
  return comparison.counts.new > 0 ? EXIT.found : EXIT.clean
}

function parse(args: string[]) {
  return parseOptions('compare', {
    args,
    allowPositionals: true,
    options: { format: { type: 'string', default: 'text' }, 'data-dir': { type: 'string' } },
  })
}

async function reportOf(platform: Platform, name: string): Promise<ScanReport> {
  const stored = await storedReport(platform, name)
  if (stored !== undefined) return stored
  const report = ScanReport.safeParse(readJsonFile(name))
  if (!report.success) throw new UsageError(text.notReport(name))
  return report.data
}

const STYLES: Record<'new' | 'fixed', Parameters<Style>[0]> = {
  new: ['bold', 'red'],
  fixed: 'green',
}

function toText(comparison: Comparison, style: Style): string {
  const lines = (['new', 'fixed'] as const).flatMap((change) =>
    comparison.findings
      .filter((one) => one.change === change)
      .map(({ path, finding }) => {
        const label = style(STYLES[change], text.compare[change].padEnd(5))
        return `${label}  ${finding.severity.padEnd(8)} ${logged(finding.ruleId)}  ${logged(path)}  ${logged(finding.message)}`
      }),
  )
  const { verdict, previousVerdict, grade, previousGrade } = comparison
  return `${[
    ...lines,
    ...comparison.notes.map((note) => style('gray', logged(note))),
    text.compared(comparison.counts),
    `${text.verdict[previousVerdict]} ${previousGrade} → ${text.verdict[verdict]} ${grade}`,
  ].join('\n')}\n`
}
