import { formatBytes } from '@renderer/app/intl'
import { Button } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import type { Outgoing } from '@shared/contract/listings'
import { type ReactNode, useState } from 'react'
import { ResultChoice } from '../ResultChoice'
import { text } from './messages'

interface OutgoingListProps {
  outgoing: Outgoing
  /** It goes in a passport. */
  sign: boolean
  /** Absent where only the scan is sent. */
  choices?: {
    results: ReadonlySet<string>
    onToggle: (resultId: string) => void
    bucket: boolean
  }
}

const FIRST = 10

/** Everything that is sent, and what is not. */
export function OutgoingList({ outgoing, sign, choices }: OutgoingListProps) {
  const words = text.outgoing
  const { report, files, bytes } = outgoing
  const [all, setAll] = useState(false)
  const shown = all ? files : files.slice(0, FIRST)
  return (
    <SectionCard
      title={words.title}
      aside={<span className="text-muted text-small">{words.files(files.length, bytes)}</span>}
    >
      <div
        className="max-h-80 overflow-auto border-line border-b"
        // A box that scrolls has to be reached by keys.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls
        tabIndex={0}
      >
        <table className="w-full text-small">
          <thead className="text-start text-muted">
            <tr>
              <th className="px-3 py-1.5 text-start font-normal">{words.path}</th>
              <th className="px-3 py-1.5 text-end font-normal">{words.size}</th>
              <th className="px-3 py-1.5 text-start font-normal">{words.sha256}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((file) => (
              <tr key={file.path} className="border-line border-t">
                <td className="px-3 py-1 wrap-anywhere" translate="no">
                  {file.path}
                </td>
                <td className="px-3 py-1 text-end whitespace-nowrap tabular-nums">
                  {formatBytes(file.bytes)}
                </td>
                <td className="px-3 py-1 font-mono text-meta" translate="no" title={file.sha256}>
                  {file.sha256.slice(0, 16)}…
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length < files.length && (
          <p className="flex items-center gap-2 px-3 py-1.5 text-muted text-small">
            {words.more(files.length - shown.length)}
            <Button size="small" variant="link" onClick={() => setAll(true)}>
              {words.all}
            </Button>
          </p>
        )}
      </div>
      <dl className="grid grid-cols-1 gap-x-4 gap-y-2 p-3 sm:grid-cols-[140px_minmax(0,1fr)]">
        <Row name={words.facts}>
          {words.factsOf(
            report.verdict,
            report.grade,
            report.findings,
            report.rulesVersion,
            outgoing.scanBytes,
          )}{' '}
          {words.scannedAt(report.scannedAt)}
        </Row>
        {report.notes.length > 0 && (
          <Row name={words.notes}>
            <ul translate="no">
              {report.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </Row>
        )}
        {choices && (
          <>
            <Row name={words.results}>
              {outgoing.results.length === 0 ? (
                words.noResults
              ) : (
                <>
                  <p className="mb-1 text-muted text-small">{words.resultsWhy}</p>
                  <ul className="flex flex-col gap-1">
                    {outgoing.results.map(({ row }) => (
                      <li key={row.id}>
                        <ResultChoice
                          row={row}
                          checked={choices.results.has(row.id)}
                          onToggle={() => choices.onToggle(row.id)}
                        />
                      </li>
                    ))}
                  </ul>
                </>
              )}
            </Row>
            <Row name={words.bytes}>{choices.bucket ? words.bytesUp(bytes) : words.bytesNone}</Row>
          </>
        )}
        <Row name={words.passport}>{sign ? words.passportSigned : words.passportNone}</Row>
      </dl>
      <p className="border-line border-t px-3 py-2 text-muted text-small">{words.pathsOnly}</p>
    </SectionCard>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  )
}
