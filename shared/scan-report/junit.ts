import { logged } from './logged'
import { rank } from './match'
import { placeOf } from './place'
import type { FileReport, Finding, ScanReport, Severity } from './report'

/**
 * JUnit XML as Jenkins, GitLab and Azure read it (jenkins-junit.xsd): a suite is a root, a case is a
 * file, a failure is a finding of at least `threshold`, an error is a file that was not read.
 */
export function toJunit(report: ScanReport, threshold: Severity = 'medium'): string {
  const suites = report.roots.map((root, index) =>
    suite(
      root,
      report,
      report.files.filter((file) => file.root === index),
      threshold,
    ),
  )
  const { failures, errors } = countOf(report.files, threshold)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="Prometheus Console" tests="${report.files.length}" failures="${failures}" errors="${errors}" time="${seconds(report)}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}

function suite(
  root: string,
  report: ScanReport,
  files: readonly FileReport[],
  threshold: Severity,
): string {
  const { failures, errors } = countOf(files, threshold)
  return [
    `  <testsuite name="${attribute(root)}" tests="${files.length}" failures="${failures}" errors="${errors}" time="${seconds(report)}" timestamp="${report.startedAt.slice(0, 19)}">`,
    '    <properties>',
    property('rules', report.rulesVersion),
    ...(report.policy === undefined
      ? []
      : [property('policy', `${report.policy.name} ${report.policy.digest}`)]),
    property('grade', report.summary.grade),
    '    </properties>',
    ...files.map((file) => testCase(root, file, threshold)),
    '  </testsuite>',
  ].join('\n')
}

function testCase(root: string, file: FileReport, threshold: Severity): string {
  const open = `    <testcase classname="${attribute(root)}" name="${attribute(file.path)}" time="0"`
  const parts = [
    ...failuresOf(file, threshold).map(failure),
    ...(file.status === 'complete'
      ? []
      : [
          `      <error message="${attribute(file.reason ?? file.status)}" type="${file.status}"/>`,
        ]),
  ]
  return parts.length === 0 ? `${open}/>` : [`${open}>`, ...parts, '    </testcase>'].join('\n')
}

function failure(finding: Finding): string {
  const body = [
    finding.message,
    placeOf(finding),
    finding.evidence,
    `Why: ${finding.why}`,
    `What to do: ${finding.fix}`,
  ].filter((line) => line !== '')
  return `      <failure type="${attribute(finding.ruleId)}" message="${attribute(`${finding.severity}: ${finding.title}`)}">${body.map(xml).join('\n')}</failure>`
}

const failuresOf = (file: FileReport, threshold: Severity) =>
  file.findings.filter((finding) => rank(finding.severity) <= rank(threshold))

function countOf(files: readonly FileReport[], threshold: Severity) {
  return {
    // Cases that failed, as the schema counts: a case may hold several failures.
    failures: files.filter((file) => failuresOf(file, threshold).length > 0).length,
    errors: files.filter((file) => file.status !== 'complete').length,
  }
}

const seconds = (report: ScanReport) => (report.durationMs / 1000).toFixed(3)
const property = (name: string, value: string) =>
  `      <property name="${name}" value="${attribute(value)}"/>`

/** XML 1.0 has no way to write most control characters, two others and half a surrogate pair. */
function xml(text: string): string {
  return logged(text)
    .toWellFormed()
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
const attribute = (text: string) => xml(text).replaceAll('"', '&quot;').replaceAll("'", '&apos;')
