import type { FileReport, Finding, ScanReport } from '@shared/scan-report/report'
import { summarise } from '@shared/scan-report/summary'
import { verdictOf } from '@shared/scan-report/verdict'

export function makeFinding(part: Partial<Finding> = {}): Finding {
  return {
    ruleId: 'pickle.command-execution',
    severity: 'critical',
    confidence: 0.9,
    category: 'code-execution',
    title: 'Loading runs a shell command',
    message: 'Unpickling this file calls posix.system.',
    why: 'A pickle is a program.',
    fix: 'Do not load it.',
    location: { offset: 420, opcode: 'REDUCE' },
    evidence: "posix.system('echo')",
    count: 1,
    cwe: ['CWE-502'],
    cve: [],
    references: [],
    fingerprint: 'f00d',
    ...part,
  }
}

export function makeFile(path: string, part: Partial<FileReport> = {}): FileReport {
  const { findings = [], status = 'complete' } = part
  return {
    path,
    root: 0,
    format: 'pickle',
    bytes: 100,
    sha256: null,
    reason: null,
    verdict: verdictOf(findings, status),
    cached: false,
    frameworks: [],
    ...part,
    findings,
    status,
  }
}

export function makeReport(files: FileReport[]): ScanReport {
  return {
    schemaVersion: 1,
    rulesVersion: '2026.11.1',
    startedAt: '2026-11-20T10:00:00Z',
    durationMs: 12,
    roots: ['/models'],
    notes: [],
    summary: summarise(files),
    files,
  }
}
