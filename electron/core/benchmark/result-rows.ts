import { AccuracyFigure, Figure } from '@shared/benchmark/figures'
import { ResultId, type ResultRow } from '@shared/benchmark/result-row'

/**
 * What a passport of this workspace carries is signed, as long as that passport is there; and reproduced while there is
 * a copy of it that claims so and has the signature of somebody else whose key is trusted.
 */
const EVIDENCE = `CASE WHEN evidence IN ('self-reported', 'signed') AND EXISTS
  (SELECT 1 FROM passport_result AS carried
     JOIN benchmark_import AS copy ON copy.own_passport = carried.passport_id
     JOIN json_each(copy.signers) AS signer
     JOIN trusted_key ON trusted_key.key_id = signer.value
   WHERE carried.result_id = benchmark_result.id AND copy.claimed IN ('reproduced', 'audited')) THEN 'reproduced'
  WHEN evidence = 'self-reported' AND EXISTS
  (SELECT 1 FROM passport_result WHERE result_id = benchmark_result.id) THEN 'signed' ELSE evidence END`

/** What a row is made of, without the document: SQLite reads through all that stands before a column. */
export const RESULT_COLUMNS = `id, run_id, role, name, format, model_sha256, model_bytes, suite_id,
  suite_version, suite_title, category, scenario, engine, engine_version, threads, profile,
  started_at, fingerprint, hardware_class, grade, ${EVIDENCE} AS evidence, override, launches, headline, accuracy,
  memory_bytes, series`

export interface StoredRow {
  id: string
  run_id: string
  role: ResultRow['role']
  name: string
  format: ResultRow['format']
  model_sha256: string
  model_bytes: number
  suite_id: string
  suite_version: string
  suite_title: string
  category: string
  scenario: ResultRow['scenario']
  engine: ResultRow['engine']['name']
  engine_version: string
  threads: number
  profile: ResultRow['profile']
  started_at: number
  fingerprint: string
  hardware_class: string
  grade: ResultRow['grade']
  evidence: ResultRow['evidence']
  override: string | null
  launches: number
  headline: string | null
  accuracy: string | null
  memory_bytes: number | null
  series: string
}

export function toRow(row: StoredRow): ResultRow {
  return {
    id: ResultId.parse(row.id),
    runId: row.run_id,
    role: row.role,
    name: row.name,
    format: row.format,
    modelSha256: row.model_sha256,
    modelBytes: row.model_bytes,
    suite: {
      id: row.suite_id,
      version: row.suite_version,
      title: row.suite_title,
      category: row.category,
    },
    scenario: row.scenario,
    engine: { name: row.engine, version: row.engine_version, threads: row.threads },
    profile: row.profile,
    startedAt: new Date(row.started_at),
    fingerprint: row.fingerprint,
    hardwareClass: row.hardware_class,
    grade: row.grade,
    publishable: row.grade !== 'C' && row.override === null,
    evidence: row.evidence,
    override: row.override,
    launches: row.launches,
    headline: row.headline === null ? null : Figure.parse(JSON.parse(row.headline)),
    accuracy: row.accuracy === null ? null : AccuracyFigure.parse(JSON.parse(row.accuracy)),
    memoryBytes: row.memory_bytes,
    series: row.series,
  }
}
