import { formatBytes } from '@renderer/app/intl'
import { SectionCard } from '@renderer/ui/Card'
import { VerdictBadge } from '@renderer/ui/VerdictBadge'
import type { Card, Listing, ModelVersion } from '@shared/backend/listings'
import type { Verdict } from '@shared/scan-report/report'
import type { ReactNode } from 'react'
import { EvidenceChip } from '../../benchmark/EvidenceChip'
import { Tag } from '../../benchmark/Tag'
import { priceText, text as shared } from '../messages'
import { text } from './messages'

interface PreviewProps {
  card: Pick<Card, 'name' | 'summary' | 'description' | 'category' | 'licence' | 'tags' | 'price'>
  seller: string | null
  version: ModelVersion | null
  reports: Listing['reports']
}

/** The public card, of what is typed now. Text is shown as text: nothing of it becomes markup. */
export function Preview({ card, seller, version, reports }: PreviewProps) {
  const words = text.preview
  const report = reports
    .filter(({ versionId }) => versionId === version?.id)
    .toSorted((a, b) => b.scannedAt.localeCompare(a.scannedAt))[0]
  return (
    <SectionCard
      title={words.title}
      aside={<span className="text-faint text-small">{words.note}</span>}
    >
      <div className="flex flex-col gap-2 p-3">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <span className="text-section font-semibold wrap-anywhere" translate="no">
            {card.name || words.noName}
          </span>
          {seller !== null && (
            <span className="text-muted text-small" translate="no">
              {words.by(seller)}
            </span>
          )}
          <span className="ml-auto font-medium">{priceText(card.price)}</span>
        </div>
        <p className="text-muted wrap-anywhere" translate="no">
          {card.summary || words.noSummary}
        </p>
        <div className="flex flex-wrap gap-1">
          <Tag>{shared.categories[card.category]}</Tag>
          {card.tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </div>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 border-line border-t pt-2 text-small">
          <Fact name={words.licence}>{card.licence ?? words.noLicence}</Fact>
          <Fact name={words.version}>{version?.number ?? words.noVersion}</Fact>
          {version !== null && (
            <>
              <Fact name={words.format}>{version.format}</Fact>
              <Fact name={words.size}>
                {formatBytes(version.bytes)}, {shared.files(version.files.length)}
              </Fact>
            </>
          )}
          <Fact name={words.scan}>
            {report === undefined ? (
              words.notScanned
            ) : (
              <span className="inline-flex flex-wrap items-center gap-1.5">
                <VerdictBadge verdict={report.verdict as Verdict} />
                <EvidenceChip evidence={report.level} />
              </span>
            )}
          </Fact>
        </dl>
        <p
          className="max-h-60 overflow-y-auto border-line border-t pt-2 whitespace-pre-wrap text-small wrap-anywhere"
          // A box that scrolls has to be reached by keys.
          // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls
          tabIndex={0}
          translate="no"
        >
          {card.description || words.noDescription}
        </p>
      </div>
    </SectionCard>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 wrap-anywhere" translate="no">
        {children}
      </dd>
    </>
  )
}
