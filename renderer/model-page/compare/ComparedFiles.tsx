import { formatBytes } from '@renderer/app/intl'
import { Table } from '@renderer/benchmark/Table'
import { SectionCard } from '@renderer/ui/Card'
import { Switch } from '@renderer/ui/Switch'
import type { ComparedFiles as Compared } from '@shared/listings/compare-files'
import { useId, useState } from 'react'
import { Chip } from '../../listings/shown/StateChip'
import { text } from '../compare-messages'

type Change = keyof Compared
interface Row {
  change: Change
  path: string
  note: string | null
  before: string | null
  after: string | null
  bytes: readonly [before: number | null, after: number | null]
}

const TONE = {
  added: 'ok',
  removed: 'bad',
  changed: 'warn',
  moved: 'quiet',
  same: 'quiet',
} as const satisfies Record<Change, 'ok' | 'bad' | 'warn' | 'quiet'>

/** Rows that are read; the counts above them are of all files. */
const MOST_ROWS = 300

export function ComparedFiles({ files }: { files: Compared }) {
  const id = useId()
  const [withSame, setWithSame] = useState(false)
  const { added, removed, changed, moved, same } = files
  const all = rowsOf(files).filter(({ change }) => withSame || change !== 'same')
  const rows = all.slice(0, MOST_ROWS)
  const words = text.files
  return (
    <SectionCard
      title={words.title}
      aside={
        <span className="flex items-center gap-3">
          <span className="text-faint text-small">
            {words.counts(added.length, removed.length, changed.length, moved.length, same.length)}
          </span>
          <label htmlFor={id} className="text-muted text-small">
            {words.showSame}
          </label>
          <Switch id={id} checked={withSame} onChange={setWithSame} />
        </span>
      }
    >
      {rows.length === 0 ? (
        <p className="px-3 py-2 text-muted">{words.identical}</p>
      ) : (
        <Table
          label={words.title}
          rows={rows}
          rowKey={({ change, path }) => `${change} ${path}`}
          columns={[
            {
              header: words.columns.path,
              cell: ({ path, note }) => (
                <span translate="no">
                  {path}
                  {note && <span className="ml-2 font-normal text-muted text-small">{note}</span>}
                </span>
              ),
            },
            {
              header: words.columns.change,
              cell: ({ change }) => <Chip tone={TONE[change]}>{words.changes[change]}</Chip>,
            },
            { header: words.columns.before, cell: ({ before }) => <Hash of={before} /> },
            { header: words.columns.after, cell: ({ after }) => <Hash of={after} /> },
            {
              header: words.columns.size,
              align: 'end',
              cell: ({ bytes }) => <Size bytes={bytes} />,
            },
          ]}
        />
      )}
      {all.length > rows.length && (
        <p className="border-line border-t px-3 py-2 text-muted">
          {words.more(all.length - rows.length)}
        </p>
      )}
    </SectionCard>
  )
}

function rowsOf({ added, removed, changed, moved, same }: Compared): Row[] {
  return [
    ...changed.map(
      ({ path, from, to }): Row => ({
        change: 'changed',
        path,
        note: null,
        before: from.sha256,
        after: to.sha256,
        bytes: [from.bytes, to.bytes],
      }),
    ),
    ...added.map(
      ({ path, sha256, bytes }): Row => ({
        change: 'added',
        path,
        note: null,
        before: null,
        after: sha256,
        bytes: [null, bytes],
      }),
    ),
    ...removed.map(
      ({ path, sha256, bytes }): Row => ({
        change: 'removed',
        path,
        note: null,
        before: sha256,
        after: null,
        bytes: [bytes, null],
      }),
    ),
    ...moved.map(
      ({ from, to }): Row => ({
        change: 'moved',
        path: to.path,
        note: text.files.movedFrom(from.path),
        before: from.sha256,
        after: to.sha256,
        bytes: [from.bytes, to.bytes],
      }),
    ),
    ...same.map(
      ({ path, sha256, bytes }): Row => ({
        change: 'same',
        path,
        note: null,
        before: sha256,
        after: sha256,
        bytes: [bytes, bytes],
      }),
    ),
  ]
}

function Hash({ of }: { of: string | null }) {
  if (of === null) return <span className="text-muted">{text.none}</span>
  return (
    <span className="font-mono text-code text-muted" title={of} translate="no">
      {of.slice(0, 12)}
    </span>
  )
}

function Size({ bytes: [before, after] }: Pick<Row, 'bytes'>) {
  const now = after ?? before ?? 0
  if (before === null || after === null || before === after) return formatBytes(now)
  return (
    <>
      <span className="text-muted">{formatBytes(before)} → </span>
      {formatBytes(after)}
    </>
  )
}
