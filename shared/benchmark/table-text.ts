import { csvCell } from '../scan-report/csv'
import { logged } from '../scan-report/logged'
import type { TextTable } from './tables'

/** RFC 4180. Tables of other columns follow after an empty line. */
export function toCsv(tables: readonly TextTable[]): string {
  const parts: string[] = []
  let columns = ''
  for (const table of tables) {
    const head = table.columns.map(field).join(',')
    if (head !== columns) parts.push(...(columns === '' ? [] : ['']), head)
    columns = head
    parts.push(...table.rows.map((row) => row.map(field).join(',')))
  }
  return `${parts.join('\r\n')}\r\n`
}

export function toMarkdown(tables: readonly TextTable[]): string {
  return `${tables
    .map(({ title, columns, rows, notes }) =>
      [
        `## ${cell(title)}`,
        '',
        `| ${columns.map(cell).join(' | ')} |`,
        `|${columns.map(() => '---|').join('')}`,
        ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
        ...(notes.length === 0 ? [] : ['', ...notes.map((note) => `- ${cell(note)}`)]),
      ].join('\n'),
    )
    .join('\n\n')}\n`
}

/** Columns padded to one width, for a terminal. */
export function toText(tables: readonly TextTable[]): string {
  return `${tables
    .map(({ title, columns, rows, notes }) => {
      const all = [columns, ...rows].map((row) => row.map(logged))
      const widths = columns.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)))
      const line = (row: readonly string[]) =>
        `  ${row.map((text, i) => text.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd()
      return [logged(title), ...all.map(line), ...notes.map((note) => `  ${logged(note)}`)].join(
        '\n',
      )
    })
    .join('\n\n')}\n`
}

/** A number is one, also a negative one; anything else may be a formula. */
const field = (value: string) =>
  /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value) ? value : csvCell(value)

/** Names come from strangers: no markup, no table of their own. */
function cell(value: string): string {
  return logged(value).replace(/[\\`*_{}[\]<>|#!]/g, (character) => `\\${character}`)
}
