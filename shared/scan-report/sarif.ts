import type { EvidenceStep } from './fact'
import type { RuleSet } from './match'
import { pathsFromStart } from './place'
import type { FileReport, Finding, IgnoredFinding, ScanReport, Severity } from './report'

/** GitHub and others read `security-severity` as a CVSS-like number. */
const LEVEL: Record<Severity, { level: 'error' | 'warning' | 'note'; score: string }> = {
  critical: { level: 'error', score: '9.5' },
  high: { level: 'error', score: '8.0' },
  medium: { level: 'warning', score: '5.5' },
  low: { level: 'note', score: '3.0' },
  info: { level: 'note', score: '0.0' },
}

/** Says of a finding whether the baseline of this run has it; undefined without a baseline. */
export type BaselineState = (finding: Finding) => 'new' | 'unchanged'

/**
 * SARIF 2.1.0 (OASIS, schema sarif-schema-2.1.0.json) of a report. What the policy sets aside is a
 * result with a suppression. Nothing but automationDetails depends on the version of the rules.
 */
export function toSarif(
  report: ScanReport,
  rules: RuleSet,
  toolVersion: string,
  baselineState?: BaselineState,
): object {
  const samples = new Map<string, Finding>()
  for (const file of report.files)
    for (const finding of findingsOf(file))
      if (!samples.has(finding.ruleId)) samples.set(finding.ruleId, finding)
  const used = [...samples.keys()].sort()
  const position = new Map(used.map((id, index) => [id, index]))
  const known = new Map(rules.rules.map((rule) => [rule.id, rule]))
  const uriOf = createUris(report)
  return {
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Prometheus Console',
            version: toolVersion,
            semanticVersion: toolVersion,
            rules: used.map((id) => descriptor(id, known.get(id) ?? samples.get(id))),
          },
        },
        automationDetails: { id: `prometheus-console/scan/${report.rulesVersion}` },
        originalUriBaseIds: {
          '%SRCROOT%': { description: { text: 'The folder in which the scan was started' } },
          ...Object.fromEntries(
            report.roots.map((root, index) => [`ROOT${index}`, { description: { text: root } }]),
          ),
        },
        artifacts: report.files.map((file) => ({
          location: uriOf(file),
          length: file.bytes,
          ...(file.sha256 !== null && { hashes: { 'sha-256': file.sha256 } }),
          properties: {
            path: file.path,
            format: file.format,
            status: file.status,
            verdict: file.verdict,
          },
        })),
        invocations: [
          {
            executionSuccessful: report.summary.byStatus.error === 0,
            startTimeUtc: report.startedAt,
            // What could not be read to its end is said here: SARIF has no 'unknown' result.
            toolExecutionNotifications: [
              ...report.notes.map((text) => ({ level: 'note', message: { text } })),
              ...report.files
                .filter((file) => file.status !== 'complete')
                .map((file) => ({
                  level: file.status === 'error' ? 'error' : 'warning',
                  message: { text: file.reason ?? file.status },
                  locations: [{ physicalLocation: { artifactLocation: uriOf(file) } }],
                })),
            ],
          },
        ],
        results: report.files.flatMap((file, index) =>
          [...file.findings, ...(file.ignored ?? [])].map((one) => {
            const finding = 'finding' in one ? one.finding : one
            return {
              ...result(file, index, finding, uriOf),
              ruleIndex: position.get(finding.ruleId) ?? 0,
              ...(baselineState !== undefined && { baselineState: baselineState(finding) }),
              ...('finding' in one && { suppressions: [suppression(one)] }),
            }
          }),
        ),
        columnKind: 'utf16CodeUnits',
        ...(report.policy !== undefined && { properties: { policy: report.policy } }),
      },
    ],
  }
}

const findingsOf = (file: FileReport): Finding[] => [
  ...file.findings,
  ...(file.ignored ?? []).map(({ finding }) => finding),
]

/** `source` is a finding of the rule where the rule itself was since removed. */
function descriptor(id: string, source: RuleSet['rules'][number] | Finding | undefined) {
  if (source === undefined) return { id }
  return {
    id,
    name: source.title,
    shortDescription: { text: source.title },
    fullDescription: { text: source.why },
    help: { text: `${source.why}\n\n${source.fix}` },
    ...(source.references[0] !== undefined && { helpUri: source.references[0] }),
    defaultConfiguration: { level: LEVEL[source.severity].level },
    properties: {
      'security-severity': LEVEL[source.severity].score,
      precision:
        source.confidence >= 0.9 ? 'very-high' : source.confidence >= 0.7 ? 'high' : 'medium',
      tags: [
        'security',
        source.category,
        ...source.cwe.map((cwe) => `external/cwe/${cwe.toLowerCase()}`),
        ...source.cve,
      ],
    },
  }
}

function result(file: FileReport, index: number, finding: Finding, uriOf: UriOf) {
  const artifactLocation = { ...uriOf(file), index }
  const { member } = finding.location
  return {
    ruleId: finding.ruleId,
    level: LEVEL[finding.severity].level,
    message: { text: finding.message },
    locations: [
      {
        physicalLocation: { artifactLocation, ...regionOf(finding) },
        ...(member !== undefined && {
          logicalLocations: [{ fullyQualifiedName: `${file.path}!${member}`, kind: 'resource' }],
        }),
      },
    ],
    ...(finding.path !== undefined &&
      finding.path.length > 0 && { codeFlows: [codeFlow(file, finding.path, uriOf)] }),
    partialFingerprints: { 'prometheusFinding/v1': finding.fingerprint },
    occurrenceCount: finding.count,
    properties: {
      title: finding.title,
      severity: finding.severity,
      ...(finding.ruleSeverity !== undefined && { ruleSeverity: finding.ruleSeverity }),
      confidence: finding.confidence,
      evidence: finding.evidence,
      cve: finding.cve,
    },
  }
}

/** Lines and offsets count in the member's own bytes, so only a plain file has a region. */
function regionOf({ location, frame }: Finding) {
  const { member, offset, line, column } = location
  if (member !== undefined) return {}
  if (line === undefined)
    return offset === undefined ? {} : { region: { byteOffset: offset, byteLength: 1 } }
  const text = frame?.lines[line - frame.firstLine]
  return {
    region: {
      startLine: line,
      ...(column !== undefined && { startColumn: column }),
      ...(text !== undefined && { snippet: { text } }),
    },
    ...(frame !== undefined && {
      contextRegion: {
        startLine: frame.firstLine,
        endLine: frame.firstLine + frame.lines.length - 1,
        snippet: { text: frame.lines.join('\n') },
      },
    }),
  }
}

/** The way of a value, from source to sink (3.36); a step in another file is relative to the same root. */
function codeFlow(file: FileReport, path: readonly EvidenceStep[], uriOf: UriOf) {
  const locations = path.map((step) => ({
    kinds: [step.role === 'step' ? 'value' : step.role],
    location: {
      message: { text: step.label },
      physicalLocation: {
        artifactLocation: uriOf({ root: file.root, path: step.file ?? file.path }),
        region: { startLine: step.line, startColumn: step.column, snippet: { text: step.text } },
      },
    },
  }))
  return { threadFlows: [{ locations }] }
}

function suppression({ reason, expires }: IgnoredFinding) {
  return {
    kind: 'external',
    status: 'accepted',
    justification: expires === null ? reason : `${reason} (until ${expires})`,
  }
}

type UriOf = (file: Pick<FileReport, 'root' | 'path'>) => { uri: string; uriBaseId: string }

/** Below the folder of the start where that is known, as code hosts expect; else below a named root. */
function createUris(report: ScanReport): UriOf {
  const fromStart = pathsFromStart(report)
  return (file) => {
    const path = fromStart(file)
    return path === null
      ? { uri: encodePath(file.path), uriBaseId: `ROOT${file.root}` }
      : { uri: encodePath(path), uriBaseId: '%SRCROOT%' }
  }
}

/** A page can announce half a surrogate pair, which no URI can carry. */
function encodePath(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/')
}
