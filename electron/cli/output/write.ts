import { mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { AgainstBaseline } from '@shared/scan-report/baseline'
import type { RuleSet } from '@shared/scan-report/match'
import type { ScanReport, Severity } from '@shared/scan-report/report'
import { text } from '../messages'
import type { OutputTarget } from './targets'

export interface OutputContext {
  report: ScanReport
  rules: () => RuleSet
  threshold: Severity
  against: AgainstBaseline | undefined
}

/** Writes every target; throws a sentence when a file cannot be written. */
export async function writeOutputs(targets: readonly OutputTarget[], context: OutputContext) {
  for (const { format, file } of targets) {
    const rendered = await render(format, file === undefined, context)
    if (file === undefined) process.stdout.write(rendered)
    else writeWhole(file, rendered)
  }
}

async function render(
  format: OutputTarget['format'],
  toTerminal: boolean,
  { report, rules, threshold, against }: OutputContext,
): Promise<string> {
  if (format === 'text') {
    const { printText } = await import('./text')
    const { styleFor } = await import('./style')
    const { widthOf } = await import('./wrap')
    return toTerminal
      ? printText(report, styleFor(process.stdout), against, widthOf(process.stdout))
      : printText(report, (_, plain) => plain, against)
  }
  const { exportReport } = await import('../../core/scan/export')
  const { version } = await import('../../../package.json')
  // A build step reads these as failures, so what the baseline knows is left out.
  const shown = format === 'junit' || format === 'github' ? (against?.onlyNew ?? report) : report
  const { text: exported } = exportReport(shown, format, rules(), version, {
    threshold,
    baselineState: against && ((finding) => (against.isNew(finding) ? 'new' : 'unchanged')),
  })
  return exported
}

/** The old file stays whole until the new one is; a device or a pipe is written as it is. */
export function writeWhole(file: string, content: string): void {
  try {
    mkdirSync(dirname(resolve(file)), { recursive: true })
    const isFile = statSync(file, { throwIfNoEntry: false })?.isFile() ?? true
    const draft = isFile ? `${file}.${process.pid}.new` : file
    writeFileSync(draft, content)
    if (isFile) renameSync(draft, file)
  } catch (error) {
    // Node's own message names the draft, which nobody asked for.
    const { code, syscall, message } = error as NodeJS.ErrnoException
    const reason = code === undefined ? message : `${code}, ${syscall ?? 'write'}`
    throw new Error(text.fileNotWritten(file, reason))
  }
}
