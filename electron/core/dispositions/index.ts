import type { FindingFilter } from '@shared/contract/dispositions'
import type { Disposition } from '@shared/scan-report/disposition'
import { pinOf } from '@shared/scan-report/evidence-pin'
import type { ReportId } from '@shared/scan-report/report-row'
import { type Review, reviewOf } from '@shared/scan-report/review'
import { z } from 'zod'
import type { ActivityLog } from '../activity'
import type { Db } from '../database/open'
import { exclusively } from '../database/transaction'
import type { Platform } from '../platform'
import type { ReportStore, StoredReport } from '../scan/report-store'
import { type PlacedFinding, placeKey, selectFindings } from './finding-filter'
import { createDispositionRows, DispositionRow } from './rows'

/** What people decided about findings. It belongs to the delivery, so it holds over new scans of it. */
export interface Dispositions {
  list(id: ReportId): Promise<{ dispositions: Disposition[]; effective: Review } | undefined>
  preview(id: ReportId, filter: FindingFilter): Promise<Preview | undefined>
  apply(
    id: ReportId,
    filter: FindingFilter,
    decision: Decision | null,
  ): Promise<{ operationId: string; changed: number } | undefined>
  /** Undefined for an operation that is not known; rejects with ChangedSinceError. */
  undo(operationId: string): Promise<{ changed: number } | undefined>
}

export type Decision = Pick<Disposition, 'kind' | 'reason' | 'expires'>

export interface Preview {
  findings: number
  replaced: number
  byRule: { ruleId: string; title: string; findings: number }[]
  effective: Review
}

/** A later decision stands on what an undo would put back. */
export class ChangedSinceError extends Error {
  override readonly name = 'ChangedSinceError'
  readonly findings: number
  constructor(findings: number) {
    super(`${findings} of these findings were decided about again since.`)
    this.findings = findings
  }
}

/** What an operation replaced: null where there was no row. */
const Changes = z.array(
  z.object({ path: z.string(), fingerprint: z.string(), previous: DispositionRow.nullable() }),
)
type Changes = z.infer<typeof Changes>
const OperationBody = z.object({ series: z.string(), findings: z.number() })

/** Rows changed between two turns of the event loop: about 5 ms. */
const BATCH = 500

export function createDispositions(parts: {
  db: Db
  platform: Pick<Platform, 'now' | 'randomId' | 'user'>
  activity: ActivityLog
  reports: ReportStore
}): Dispositions {
  const { db, platform, activity, reports } = parts
  const rows = createDispositionRows(db)

  /** What holds today, by place, for the findings of this report. */
  function holding({ row, report }: StoredReport): Map<string, Disposition> {
    const today = platform.now().toISOString().slice(0, 10)
    const all = new Map(
      rows
        .holding(row.series, today)
        .map((held) => [placeKey(held.disposition.path, held.disposition.fingerprint), held]),
    )
    const own = new Map<string, Disposition>()
    for (const file of report.files)
      for (const finding of file.findings) {
        const key = placeKey(file.path, finding.fingerprint)
        const held = all.get(key)
        if (held !== undefined && held.pin === pinOf(file, finding, row.id))
          own.set(key, held.disposition)
      }
    return own
  }

  /** Changes the rows of these findings, each once. Must run in a transaction. */
  async function change(
    series: string,
    findings: readonly PlacedFinding[],
    decision: Decision | null,
    operationId: string,
  ): Promise<{ changes: Changes; findings: number }> {
    const stamp = { actor: platform.user, at: platform.now().getTime(), operation_id: operationId }
    const cleared = { kind: null, reason: null, expires: null }
    const changes = new Map<string, Changes[number]>()
    let changed = 0
    for (const { path, pin, finding } of findings) {
      const { fingerprint, ruleId } = finding
      const key = placeKey(path, fingerprint)
      if (!changes.has(key)) {
        const previous = rows.get(series, path, fingerprint) ?? null
        if (decision === null && (previous === null || previous.kind === null)) continue
        const place = { series, path, fingerprint, pin, rule_id: ruleId }
        rows.put({ ...place, ...(decision ?? cleared), ...stamp })
        changes.set(key, { path, fingerprint, previous })
        if (changes.size % BATCH === 0) await turn()
      }
      changed++
    }
    return { changes: [...changes.values()], findings: changed }
  }

  return {
    async list(id) {
      const found = await reports.find(id)
      if (found === undefined) return undefined
      const held = holding(found)
      return {
        dispositions: [...held.values()],
        effective: reviewOf(found.report, (path, { fingerprint }) =>
          held.has(placeKey(path, fingerprint)),
        ),
      }
    },

    async preview(id, filter) {
      const found = await reports.find(id)
      if (found === undefined) return undefined
      const held = holding(found)
      const findings = selectFindings(found, filter)
      const keys = findings.map(({ path, finding }) => placeKey(path, finding.fingerprint))
      const meant = new Set(keys)
      return {
        findings: findings.length,
        replaced: keys.filter((key) => held.has(key)).length,
        byRule: countByRule(findings),
        effective: reviewOf(found.report, (path, { fingerprint }) => {
          const key = placeKey(path, fingerprint)
          return meant.has(key) || held.has(key)
        }),
      }
    },

    async apply(id, filter, decision) {
      const found = await reports.find(id)
      if (found === undefined) return undefined
      const { row } = found
      const operationId = platform.randomId()
      const selected = selectFindings(found, filter)
      return exclusively(db, async () => {
        const { changes, findings } = await change(row.series, selected, decision, operationId)
        if (findings > 0)
          activity.append({
            operationId,
            kind: decision === null ? 'disposition.cleared' : 'disposition.set',
            subject: id,
            summary:
              decision === null
                ? `Took the disposition off ${counted(findings)} of ${row.name}`
                : `Marked ${counted(findings)} of ${row.name} as ${decision.kind.replace('-', ' ')}: ${decision.reason}`,
            body: { series: row.series, findings, ...decision },
            changes,
          })
        return { operationId, changed: findings }
      })
    },

    undo: (operationId) =>
      exclusively(db, async () => {
        const event = activity.find(operationId, ['disposition.set', 'disposition.cleared'])
        if (event === undefined) return undefined
        const { series, findings } = OperationBody.parse(event.body)
        const changes = Changes.parse(event.changes)
        const later = changes.filter(
          ({ path, fingerprint }) =>
            rows.get(series, path, fingerprint)?.operation_id !== operationId,
        )
        if (later.length > 0) throw new ChangedSinceError(later.length)
        for (const [index, { path, fingerprint, previous }] of changes.entries()) {
          if (previous === null) rows.delete(series, path, fingerprint)
          else rows.put(previous)
          if (index % BATCH === BATCH - 1) await turn()
        }
        activity.append({
          operationId: platform.randomId(),
          kind: 'disposition.undone',
          subject: event.subject,
          summary: `Undid a decision about ${counted(findings)}`,
          body: { series, findings, undone: operationId },
        })
        return { changed: findings }
      }),
  }
}

function countByRule(findings: readonly PlacedFinding[]): Preview['byRule'] {
  const rules = new Map<string, Preview['byRule'][number]>()
  for (const { finding } of findings) {
    const { ruleId, title } = finding
    const known = rules.get(ruleId)
    if (known === undefined) rules.set(ruleId, { ruleId, title, findings: 1 })
    else known.findings++
  }
  return [...rules.values()].sort((a, b) => b.findings - a.findings)
}

function counted(findings: number): string {
  return `${findings} ${findings === 1 ? 'finding' : 'findings'}`
}

const turn = () => new Promise((resolve) => setImmediate(resolve))
