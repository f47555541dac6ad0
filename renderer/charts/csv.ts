export type CsvCell = string | number | null

// Spreadsheets run a cell that begins like this as a formula, and names in a report are hostile
// (OWASP, CSV injection). Numbers keep their sign.
const FORMULA = /^[=+\-@\t\r]/

/** RFC 4180: CRLF between records, quotes doubled, and a quote around whatever needs one. */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [header, ...rows].map((row) => row.map(field).join(',')).join('\r\n')
}

function field(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
