import { logged } from './logged'
import { pathsFromStart } from './place'
import type { Finding, ScanReport, Severity } from './report'

const COMMAND: Record<Severity, 'error' | 'warning' | 'notice'> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
  info: 'notice',
}

/**
 * Workflow commands of GitHub Actions, one annotation a finding (actions/toolkit,
 * packages/core/src/command.ts). A name from a delivery can start no command of its own: line ends
 * are escaped, and every line begins with ours.
 */
export function toGithub(report: ScanReport): string {
  const fromStart = pathsFromStart(report)
  const lines = report.files.flatMap((file) => {
    const path = fromStart(file) ?? file.path
    return [
      ...file.findings.map((finding) => annotation(path, finding)),
      ...(file.status === 'complete'
        ? []
        : [
            command(
              file.status === 'error' ? 'error' : 'warning',
              { file: path, title: 'Not read to the end' },
              logged(file.reason ?? file.status),
            ),
          ]),
    ]
  })
  return lines.map((line) => `${line}\n`).join('')
}

function annotation(path: string, finding: Finding): string {
  const { member, line, column } = finding.location
  // A line inside of a member is none of the file.
  const place =
    member === undefined && line !== undefined
      ? { line: String(line), ...(column !== undefined && { col: String(column) }) }
      : {}
  return command(
    COMMAND[finding.severity],
    {
      file: path,
      ...place,
      title: `${finding.title} (${finding.severity}, ${finding.ruleId})`,
    },
    [
      member === undefined ? finding.message : `${member}: ${finding.message}`,
      finding.message.includes(finding.evidence) ? '' : finding.evidence,
      finding.fix,
    ]
      .filter((part) => part !== '')
      .map((part) => logged(part))
      .join('\n'),
  )
}

function command(name: string, properties: Record<string, string>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`)
  return `::${name} ${list.join(',')}::${data(message)}`
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(logged(text)).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
