import { toCsv, toMarkdown, toText } from '@shared/benchmark/table-text'
import type { TableStyle, TextTable } from '@shared/benchmark/tables'
import { writeWhole } from '../output/write'
import type { BenchOptions } from './options'

/** One answer in the format asked for, to stdout or a file. */
export function print(
  { format, output }: Pick<BenchOptions, 'format' | 'output'>,
  document: unknown,
  tables: (style: TableStyle) => TextTable[],
): void {
  const content =
    format === 'json'
      ? `${JSON.stringify(document, null, 2)}\n`
      : format === 'csv'
        ? toCsv(tables('bare'))
        : format === 'markdown'
          ? toMarkdown(tables('readable'))
          : toText(tables('readable'))
  if (output === undefined) process.stdout.write(content)
  else writeWhole(output, content)
}
