import { FileReport, Finding, ScanReport } from '@shared/scan-report/report'
import type { ReportId } from '@shared/scan-report/report-row'
import { z } from 'zod'
import type { Db } from '../database/open'

/** Characters of JSON that are written or parsed between two turns of the event loop: about 5 ms. */
const PART_CHARACTERS = 256 * 1024
/** Findings that are checked between two turns: about 5 ms. */
const BATCH = 200
/** Documents that stay parsed: a report, and what it is compared with. */
const KEPT = 2

const Header = ScanReport.omit({ files: true })
const FileHeader = FileReport.omit({ findings: true })
/** A file with its first findings, or (`file: null`) more findings of the file before. */
const Entries = z.array(z.object({ file: z.unknown(), findings: z.array(z.unknown()) }))
type Entries = z.infer<typeof Entries>
/** Reports of older consoles have all their files in the first part, as the document has them. */
const Early = z.array(z.looseObject({ findings: z.array(z.unknown()) }))

const turn = () => new Promise((resolve) => setImmediate(resolve))

/** The canonical documents, in parts: one of 10,000 findings is 15 MB, and would hold up the host. */
export interface ReportDocuments {
  /** To be called in a transaction. */
  write(id: ReportId, report: ScanReport): Promise<void>
  /** Rejects where something else changed the document: half a report is never shown as a whole one. */
  read(id: ReportId): Promise<ScanReport | undefined>
  forget(id: ReportId): void
}

export function createReportDocuments(db: Db): ReportDocuments {
  const insert = db.prepare('INSERT INTO report_document (report_id, part, body) VALUES (?,?,?)')
  const select = db.prepare('SELECT body FROM report_document WHERE report_id = ? AND part = ?')
  const kept = new Map<ReportId, Promise<ScanReport | undefined>>()

  async function parse(id: ReportId): Promise<ScanReport | undefined> {
    const body = (part: number) => (select.get(id, part) as { body: string } | undefined)?.body
    const first = body(0)
    if (first === undefined) return undefined
    const { files: early, ...rest } = JSON.parse(first)
    const header = Header.parse(rest)
    const files: FileReport[] = []
    const inFirst = Early.parse(early).map(({ findings, ...file }) => ({ file, findings }))
    await readInto(files, inFirst)
    for (let part = 1; ; part++) {
      const text = body(part)
      if (text === undefined) break
      await readInto(files, Entries.parse(JSON.parse(text)))
      await turn()
    }
    // It was removed while it was read.
    if (body(0) === undefined) return undefined
    if (!isWhole(header, files))
      throw new Error(`The stored report ${id} is not whole; scan again.`)
    return { ...header, files }
  }

  return {
    async write(id, report) {
      insert.run(id, 0, JSON.stringify({ ...report, files: [] }))
      let part = 1
      for (const body of partsOf(report.files)) {
        insert.run(id, part++, body)
        await turn()
      }
    },
    read(id) {
      const known = kept.get(id)
      const reading = known ?? parse(id)
      // Last in order is last used.
      kept.delete(id)
      kept.set(id, reading)
      reading.then(
        (report) => report ?? kept.delete(id),
        () => kept.delete(id),
      )
      for (const oldest of kept.keys()) {
        if (kept.size <= KEPT) break
        kept.delete(oldest)
      }
      return reading
    },
    forget: (id) => void kept.delete(id),
  }
}

/** JSON arrays of entries; a file with many findings goes over several. */
function* partsOf(files: readonly FileReport[]): Generator<string> {
  let entries: string[] = []
  let characters = 0
  for (const { findings, ...header } of files) {
    let file = JSON.stringify(header)
    let texts: string[] = []
    const close = () => {
      entries.push(`{"file":${file},"findings":[${texts.join()}]}`)
      file = 'null'
      texts = []
    }
    characters += file.length
    for (const finding of findings) {
      const text = JSON.stringify(finding)
      texts.push(text)
      characters += text.length
      if (characters < PART_CHARACTERS) continue
      close()
      yield `[${entries.join()}]`
      entries = []
      characters = 0
    }
    if (file !== 'null' || texts.length > 0) close()
    // Many files without any finding.
    if (characters < PART_CHARACTERS) continue
    yield `[${entries.join()}]`
    entries = []
    characters = 0
  }
  if (entries.length > 0) yield `[${entries.join()}]`
}

async function readInto(files: FileReport[], entries: Entries): Promise<void> {
  let since = 0
  for (const { file, findings } of entries) {
    const into = file === null ? files.at(-1) : { ...FileHeader.parse(file), findings: [] }
    if (into === undefined) throw new Error('A stored report begins with half a file.')
    if (file !== null) files.push(into)
    for (const finding of findings) {
      into.findings.push(Finding.parse(finding))
      if (++since % BATCH === 0) await turn()
    }
    if (++since % BATCH === 0) await turn()
  }
}

/** The header counts files and findings by itself, so a part that is missing is noticed. */
function isWhole({ summary }: Pick<ScanReport, 'summary'>, files: readonly FileReport[]): boolean {
  const expected = Object.values(summary.bySeverity).reduce((sum, count) => sum + count, 0)
  const findings = files.reduce((sum, file) => sum + file.findings.length, 0)
  return files.length === summary.files && findings === expected
}
