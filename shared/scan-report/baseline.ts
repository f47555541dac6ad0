import { z } from 'zod'
import { isCutEvidence } from './evidence-pin'
import { type FileReport, type Finding, ScanReport, Severity } from './report'
import { summarise } from './summary'
import { isTruncated } from './truncated'
import { verdictOf } from './verdict'

/** What was known before: enough to tell new from old, small and stable enough to be committed. */
export const Baseline = z.strictObject({
  baselineVersion: z.literal(1),
  rulesVersion: z.string(),
  findings: z.array(
    z.object({
      path: z.string(),
      /** Of the file, so that findings follow it when it is renamed. */
      sha256: z.string().nullable(),
      fingerprint: z.string(),
      ruleId: z.string(),
      severity: Severity,
      title: z.string(),
    }),
  ),
  /** Files that were not read to their end, or that nobody could know. */
  unknown: z.array(
    z.object({ path: z.string(), sha256: z.string().nullable(), bytes: z.number() }),
  ),
})
export type Baseline = z.infer<typeof Baseline>

/** Two baselines of the same delivery are the same text, but for what changed. */
export function toBaseline(report: ScanReport): Baseline {
  const files = report.files.toSorted((a, b) => order(a.path, b.path))
  return {
    baselineVersion: 1,
    rulesVersion: report.rulesVersion,
    findings: files.flatMap(({ path, sha256, findings }) =>
      findings
        .map(({ fingerprint, ruleId, severity, title }) => ({
          path,
          sha256,
          fingerprint,
          ruleId,
          severity,
          title,
        }))
        .sort((a, b) => order(a.fingerprint, b.fingerprint)),
    ),
    unknown: files.filter(isUnknown).map(({ path, sha256, bytes }) => ({ path, sha256, bytes })),
  }
}

/** A JSON report, a SARIF file of this product or a baseline file; undefined for anything else. */
export function readBaseline(value: unknown): Baseline | undefined {
  const baseline = Baseline.safeParse(value)
  if (baseline.success) return baseline.data
  const report = ScanReport.safeParse(value)
  if (report.success) return toBaseline(report.data)
  const sarif = Sarif.safeParse(value)
  return sarif.success ? ofSarif(sarif.data) : undefined
}

export interface AgainstBaseline {
  isNew(finding: Finding): boolean
  counts: { new: number; fixed: number; unchanged: number }
  fixed: Baseline['findings']
  /** The report without what the baseline has: what decides whether a run fails. */
  onlyNew: ScanReport
}

export function againstBaseline(report: ScanReport, baseline: Baseline): AgainstBaseline {
  const isWhole = !isTruncated(report)
  const taken = new Set<Baseline['findings'][number]>()
  const take = createTaking(report, baseline, taken)
  const unknown = new Set(baseline.unknown.flatMap(unknownKeys))
  const fresh = new Set<Finding>()
  const files = report.files.map((file): FileReport => {
    const findings = file.findings.filter(
      (finding) => !take(file, finding, isCutEvidence(finding)) && fresh.add(finding),
    )
    const wasUnknown = isUnknown(file) && unknownKeys(file).some((key) => unknown.has(key))
    const status = wasUnknown ? 'complete' : file.status
    // Of findings that a full report had to drop, nobody can say that they were there before.
    return {
      ...file,
      findings,
      status,
      verdict: isWhole ? verdictOf(findings, status) : file.verdict,
    }
  })
  const unchanged = taken.size
  // Set aside by the policy is neither new nor fixed.
  for (const file of report.files)
    for (const { finding } of file.ignored ?? []) take(file, finding, false)
  const fixed = baseline.findings.filter((one) => !taken.has(one))
  return {
    isNew: (finding) => fresh.has(finding),
    counts: { new: fresh.size, fixed: fixed.length, unchanged },
    fixed,
    onlyNew: { ...report, files, summary: summarise(files) },
  }
}

/**
 * Takes an entry of the baseline for a finding; false where none is left. Each answers for one: the
 * same again, also at the same path below another root, is new.
 */
function createTaking(
  report: ScanReport,
  baseline: Baseline,
  taken: Set<Baseline['findings'][number]>,
): (file: FileReport, finding: Finding, isCut: boolean) => boolean {
  const paths = new Set(report.files.map((file) => file.path))
  const left = new Map<string, Baseline['findings']>()
  for (const one of baseline.findings) {
    const { path, exact, bytes } = keysOf(one)
    // The same bytes are known under another name only if the old one is gone: a copy is new.
    for (const key of [path, exact, paths.has(one.path) ? null : bytes]) {
      if (key === null) continue
      const same = left.get(key)
      if (same === undefined) left.set(key, [one])
      else same.push(one)
    }
  }
  return (file, { fingerprint }, isCut) => {
    const { path, exact, bytes } = keysOf({ ...file, fingerprint })
    // Behind the same beginning can be another payload, so only the same bytes are known.
    for (const key of [isCut ? exact : path, bytes]) {
      const same = (key !== null && left.get(key)) || []
      for (let one = same.pop(); one !== undefined; one = same.pop())
        if (!taken.has(one)) {
          taken.add(one)
          return true
        }
    }
    return false
  }
}

const isUnknown = (file: FileReport) => file.status !== 'complete'
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

interface Keyed {
  path: string
  sha256: string | null
  fingerprint: string
}

/** The same finding at the same path, also with the same bytes, or in these bytes under any name. */
function keysOf({ path, sha256, fingerprint }: Keyed) {
  return {
    path: `path\n${path}\n${fingerprint}`,
    exact: sha256 && `exact\n${sha256}\n${path}\n${fingerprint}`,
    bytes: sha256 && `sha256\n${sha256}\n${fingerprint}`,
  }
}

/** Nobody knows what changed in such a file, so only the same bytes are known, or else as many. */
function unknownKeys(file: { path: string; sha256: string | null; bytes: number }): string[] {
  return file.sha256 === null ? [`size\n${file.path}\n${file.bytes}`] : [`sha256\n${file.sha256}`]
}

/** The part of SARIF that sarif.ts writes and this file reads back. */
const Sarif = z.object({
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.object({
        tool: z.object({ driver: z.object({ name: z.literal('Prometheus Console') }) }),
        automationDetails: z.object({ id: z.string() }),
        artifacts: z.array(
          z.object({
            length: z.number(),
            hashes: z.object({ 'sha-256': z.string() }).optional(),
            properties: z.object({ path: z.string(), status: z.string() }),
          }),
        ),
        results: z.array(
          z.object({
            ruleId: z.string(),
            locations: z
              .array(
                z.object({
                  physicalLocation: z.object({
                    artifactLocation: z.object({ index: z.number().int().nonnegative() }),
                  }),
                }),
              )
              .length(1),
            partialFingerprints: z.object({ 'prometheusFinding/v1': z.string() }),
            suppressions: z.array(z.unknown()).optional(),
            properties: z.object({ severity: Severity, title: z.string() }),
          }),
        ),
      }),
    )
    .length(1),
})

function ofSarif({ runs: [run] }: z.infer<typeof Sarif>): Baseline {
  const artifacts = (run?.artifacts ?? []).map(({ length, hashes, properties }) => ({
    path: properties.path,
    sha256: hashes?.['sha-256'] ?? null,
    bytes: length,
    status: properties.status,
  }))
  return {
    baselineVersion: 1,
    rulesVersion: run?.automationDetails.id.split('/').at(-1) ?? '',
    findings: (run?.results ?? [])
      .filter((result) => result.suppressions === undefined)
      .flatMap(({ ruleId, locations, partialFingerprints, properties }) => {
        const artifact = artifacts[locations[0]?.physicalLocation.artifactLocation.index ?? -1]
        if (artifact === undefined) return []
        return {
          path: artifact.path,
          sha256: artifact.sha256,
          fingerprint: partialFingerprints['prometheusFinding/v1'],
          ruleId,
          ...properties,
        }
      }),
    unknown: artifacts
      .filter(({ status }) => status !== 'complete')
      .map(({ path, sha256, bytes }) => ({ path, sha256, bytes })),
  }
}
