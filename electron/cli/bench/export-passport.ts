import { ResultId } from '@shared/benchmark/result-row'
import { ReportId } from '@shared/scan-report/report-row'
import { version } from '../../../package.json'
import { writeWhole } from '../output/write'
import { EXIT, UsageError } from '../usage'
import { text } from './messages'
import type { OpenBenchmark } from './open'
import type { BenchOptions } from './options'

/** A passport of the files that were measured, with this result in it, signed by this workspace. */
export async function exportPassport(
  { benchmark, model }: OpenBenchmark,
  { output, level }: BenchOptions,
  name: string,
): Promise<number> {
  const id = ResultId.safeParse(name)
  const found = id.success ? benchmark.results.find(id.data) : undefined
  if (!id.success || found === undefined) throw new UsageError(text.noResult(name))
  const report = ReportId.safeParse(found.result.scan.reportId)
  if (!report.success) throw new UsageError(text.noReportOfResult(name))
  const row = await model.create(
    {
      reportId: report.data,
      licence: null,
      validUntil: null,
      level,
      results: [id.data],
      measurements: [],
    },
    version,
  )
  if (row === undefined) throw new UsageError(text.noReportOfResult(name))
  const exported = await model.export(row.id)
  if (exported === undefined) throw new UsageError(text.noResult(name))
  if (output === undefined) process.stdout.write(exported.text)
  else writeWhole(output, exported.text)
  return EXIT.clean
}
