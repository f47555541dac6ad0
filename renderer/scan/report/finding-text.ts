import type { Finding } from '@shared/scan-report/report'

/** One finding as plain text, for an issue or a message. Always English, like the report itself. */
export function findingText(finding: Finding, path: string): string {
  const { member, offset, opcode, line } = finding.location
  const place = [
    member ? `${path} › ${member}` : path,
    offset === undefined ? '' : `byte ${offset} (0x${offset.toString(16)})`,
    opcode ?? '',
    line === undefined ? '' : `line ${line}`,
  ].filter(Boolean)
  return [
    `${finding.severity.toUpperCase()} ${finding.ruleId}: ${finding.title}`,
    finding.message,
    '',
    place.join(', '),
    ...(finding.evidence === ''
      ? []
      : ['', ...finding.evidence.split('\n').map((l) => `    ${l}`)]),
    '',
    `Fix: ${finding.fix}`,
    [...finding.cve, ...finding.cwe].join(', '),
    `Fingerprint: ${finding.fingerprint}`,
  ]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
}
