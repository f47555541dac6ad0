import { formatBytes } from '@renderer/app/intl'
import { Table } from '@renderer/benchmark/Table'
import { Tag } from '@renderer/benchmark/Tag'
import { Button } from '@renderer/ui/Button'
import { Card, SectionCard } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import { Select } from '@renderer/ui/Select'
import type { Listing, ModelVersion } from '@shared/backend/listings'
import { PackageOpen } from 'lucide-react'
import { useState } from 'react'
import { text as shared } from '../listings/shown/messages'
import { VersionChip } from '../listings/shown/StateChip'
import type { Deed } from './ModelDeed'
import { text } from './messages'

interface VersionsTabProps {
  listing: Listing
  onDeed: (deed: Deed) => void
}

export function VersionsTab({ listing, onDeed }: VersionsTabProps) {
  const words = text.versions
  const newestFirst = listing.versions.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
  const [chosen, setChosen] = useState(listing.currentVersionId ?? newestFirst[0]?.id ?? '')
  const version = newestFirst.find(({ id }) => id === chosen)
  if (newestFirst.length === 0)
    return (
      <Card>
        <EmptyState
          icon={<PackageOpen aria-hidden="true" />}
          title={words.none}
          body={words.noneBody}
        />
      </Card>
    )
  return (
    <div className="flex flex-col gap-3">
      <SectionCard title={words.list}>
        <Table
          label={words.list}
          rows={newestFirst}
          rowKey={({ id }) => id}
          columns={[
            {
              header: words.columns.number,
              cell: ({ id, number }) => (
                <span className="flex items-center gap-2">
                  <span translate="no">{number}</span>
                  {id === listing.currentVersionId && <Tag>{words.current}</Tag>}
                </span>
              ),
            },
            { header: words.columns.state, cell: ({ state }) => <VersionChip state={state} /> },
            {
              header: words.columns.format,
              cell: ({ format }) => <span translate="no">{format || shared.none}</span>,
            },
            {
              header: words.columns.files,
              align: 'end',
              cell: ({ files }) => text.count(files.length),
            },
            { header: words.columns.bytes, align: 'end', cell: ({ bytes }) => formatBytes(bytes) },
            { header: words.columns.source, cell: ({ source }) => <Source source={source} /> },
            {
              header: words.columns.digest,
              cell: ({ digest }) => (
                <span className="font-mono text-code text-muted" title={digest} translate="no">
                  {digest.slice(0, 12)}
                </span>
              ),
            },
            {
              header: words.columns.published,
              cell: ({ publishedAt }) =>
                publishedAt ? (
                  <RelativeTime date={new Date(publishedAt)} className="text-muted" />
                ) : (
                  <span className="text-muted">{shared.none}</span>
                ),
            },
          ]}
        />
      </SectionCard>
      {version && (
        <SectionCard
          title={words.filesOf(version.number)}
          aside={
            <span className="flex items-center gap-2">
              {newestFirst.length > 1 && (
                <Select
                  label={words.show}
                  value={chosen}
                  options={newestFirst.map(({ id, number }) => ({
                    value: id,
                    label: number,
                    data: true,
                  }))}
                  onChange={setChosen}
                  className="my-1"
                />
              )}
              {listing.can.edit && version.state === 'published' && (
                <Button
                  size="small"
                  variant="danger"
                  onClick={() => onDeed({ kind: 'withdraw', version })}
                >
                  {words.withdraw}
                </Button>
              )}
            </span>
          }
        >
          <VersionDetail version={version} />
        </SectionCard>
      )}
    </div>
  )
}

/** Rows of a table that is read; a version of thousands of files is compared, not read. */
const MOST_FILES = 200

function VersionDetail({ version }: { version: ModelVersion }) {
  const words = text.versions
  const { files, notes, unmeasured } = version
  return (
    <>
      {(notes || unmeasured) && (
        <div className="flex flex-col gap-1 border-line border-b px-3 py-2" translate="no">
          {notes && <p className="max-w-[80ch] whitespace-pre-wrap wrap-anywhere">{notes}</p>}
          {unmeasured && <p className="text-muted">{words.unmeasured(unmeasured)}</p>}
        </div>
      )}
      <Table
        label={words.filesOf(version.number)}
        rows={files.slice(0, MOST_FILES)}
        rowKey={({ path }) => path}
        columns={[
          { header: words.file.path, cell: ({ path }) => <span translate="no">{path}</span> },
          { header: words.file.bytes, align: 'end', cell: ({ bytes }) => formatBytes(bytes) },
          {
            header: words.file.sha256,
            cell: ({ sha256 }) => (
              <span className="font-mono text-code text-muted" translate="no">
                {sha256}
              </span>
            ),
          },
        ]}
      />
      {files.length > MOST_FILES && (
        <p className="border-line border-t px-3 py-2 text-muted">
          {words.moreFiles(files.length - MOST_FILES)}
        </p>
      )}
    </>
  )
}

function Source({ source }: { source: ModelVersion['source'] }) {
  const where =
    source.kind === 'url'
      ? source.url
      : source.kind === 'huggingface'
        ? `${source.repository} @ ${source.revision}`
        : source.kind === 'folder'
          ? source.name
          : ''
  return <span title={where}>{text.versions.sources[source.kind]}</span>
}
