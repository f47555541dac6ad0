import type { FolderEntry } from '@shared/contract/files'

export interface PickerRow {
  entry: FolderEntry
  /** Whether Enter does something with it: folders open, files are selected where files are asked for. */
  usable: boolean
}

/** Entries whose names hold what was typed; names that begin with it come first. */
export function pickerRows(
  entries: readonly FolderEntry[],
  typed: string,
  want: 'folder' | 'files',
): PickerRow[] {
  const query = typed.trim().toLowerCase()
  const rows = entries.map((entry) => ({
    entry,
    usable: entry.kind === 'folder' || (entry.kind === 'file' && want === 'files'),
  }))
  if (query === '') return rows
  const matching = rows.filter(({ entry }) => entry.name.toLowerCase().includes(query))
  const begins = ({ entry }: PickerRow) => entry.name.toLowerCase().startsWith(query)
  return [...matching.filter(begins), ...matching.filter((row) => !begins(row))]
}

/** Last name of a path of either kind of system: '/models/a' and 'C:\models\a' are 'a'. */
export function baseName(path: string): string {
  return path.split(/[/\\]/).filter(Boolean).at(-1) ?? path
}
