import type { AgainstBaseline } from '@shared/scan-report/baseline'
import { stepPoints } from '@shared/scan-report/grade'
import { logged } from '@shared/scan-report/logged'
import { placeOf } from '@shared/scan-report/place'
import type { FileReport, Finding, ScanReport, Severity, Verdict } from '@shared/scan-report/report'
import { VERDICTS } from '@shared/scan-report/scales'
import { text } from '../messages'
import type { Style } from './style'
import { wrap } from './wrap'

const VERDICT_STYLE: Record<Verdict, Parameters<Style>[0]> = {
  malicious: ['bold', 'red'],
  suspicious: ['bold', 'yellow'],
  unknown: 'magenta',
  clean: 'green',
}
const SEVERITY_STYLE: Record<Severity, Parameters<Style>[0]> = {
  critical: ['bold', 'red'],
  high: 'red',
  medium: 'yellow',
  low: 'blue',
  info: 'gray',
}

const number = new Intl.NumberFormat('en')
const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Decimal units, three digits: '1.24 GB'. */
function bytes(count: number): string {
  const power = count < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(count) / 3))
  const format = {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumSignificantDigits: 3,
  } as const
  return new Intl.NumberFormat('en', format).format(count / 1000 ** power)
}

/** A run over a few files finds the rest of its baseline gone; the count says how much. */
const MOST_FIXED = 20

/**
 * The report for a person: what is not clean first, then one line for the whole. Sentences are
 * wrapped at `width`; Infinity where nobody reads them on a terminal.
 */
export function printText(
  report: ScanReport,
  style: Style,
  against?: AgainstBaseline,
  width = Number.POSITIVE_INFINITY,
): string {
  const lines = report.files
    .filter((file) => file.verdict !== 'clean' || file.findings.length > 0)
    .sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict))
    .flatMap((file) => [...fileLines(file, style, width, against), ''])
  if (against !== undefined)
    lines.push(
      ...against.fixed
        .slice(0, MOST_FIXED)
        .map((one) =>
          style('green', `${text.compare.fixed}  ${logged(one.path)}  ${logged(one.ruleId)}`),
        ),
      text.against(against.counts),
    )
  lines.push(...report.notes.map((note) => style('gray', wrap(logged(note), width, 2, 0))))
  lines.push(...policyLines(report, style))
  return `${[...lines, ...summaryLines(report, style)].join('\n')}\n`
}

function fileLines(
  file: FileReport,
  style: Style,
  width: number,
  against?: AgainstBaseline,
): string[] {
  const head = `${style(VERDICT_STYLE[file.verdict], text.verdict[file.verdict])}  ${logged(file.path)}  ${style('gray', logged(file.format))}`
  const status =
    file.reason === null
      ? []
      : [`  ${wrap(`${text.notReadToEnd(file.status)}: ${logged(file.reason)}`, width, 4, 2)}`]
  const findings = file.findings.flatMap((finding) =>
    findingLines(finding, style, width, against?.isNew(finding) ?? false),
  )
  return [head, ...status, ...findings]
}

const INDENT = 11

function findingLines(finding: Finding, style: Style, width: number, isNew: boolean): string[] {
  const place = placeOf(finding)
  const times = finding.count > 1 ? ` (${number.format(finding.count)}×)` : ''
  const rule =
    finding.ruleSeverity === undefined ? '' : ` ${text.ruleSeverity(finding.ruleSeverity)}`
  const mark = isNew ? `${style(['bold', 'magenta'], text.isNew)} ` : ''
  const id = `${logged(finding.ruleId)}${rule}`
  const before = INDENT + (isNew ? text.isNew.length + 1 : 0) + id.length + 2
  const message = `${logged(finding.message)}${times}`
  return [
    `  ${mark}${style(SEVERITY_STYLE[finding.severity], finding.severity.padEnd(8))} ${id}  ${wrap(message, width, INDENT, before)}`,
    ...(finding.evidence === '' || finding.message.includes(finding.evidence)
      ? []
      : [`           ${logged(finding.evidence)}`]),
    ...(finding.path ?? []).map((step) =>
      style(
        'gray',
        `           ${step.role.padEnd(6)} ${step.file === undefined ? '' : `${logged(step.file)} `}line ${step.line}: ${logged(step.label)}`,
      ),
    ),
    ...(place === '' ? [] : [style('gray', `           ${text.location} ${logged(place)}`)]),
  ]
}

/** A policy can never act silently: it is named, and so is what it changed. */
function policyLines({ policy, files }: ScanReport, style: Style): string[] {
  if (policy === undefined) return []
  const ignored = files.reduce((sum, file) => sum + (file.ignored?.length ?? 0), 0)
  const changed = files
    .flatMap((file) => file.findings)
    .filter((finding) => finding.ruleSeverity !== undefined).length
  const name = text.policy(logged(policy.name), policy.profile)
  const acts = changed + ignored > 0
  const line = acts ? `${name}: ${text.policyEffect(changed, ignored)}` : name
  return [acts ? style('yellow', line) : style('gray', line)]
}

function summaryLines({ summary, durationMs }: ScanReport, style: Style): string[] {
  const seconds = number.format(Math.round(durationMs) / 1000)
  const arithmetic = summary.gradeSteps.map(
    (step, index) => `  ${stepPoints(step, index).padStart(6)}  ${step.label}`,
  )
  return [
    `${style(VERDICT_STYLE[summary.verdict], text.verdict[summary.verdict])}  ${text.grade(summary.grade, summary.score)}  ${number.format(summary.files)} ${summary.files === 1 ? 'file' : 'files'}, ${bytes(summary.bytes)}, ${seconds} s`,
    ...(summary.gradeSteps.length > 1 ? arithmetic : []),
  ]
}
