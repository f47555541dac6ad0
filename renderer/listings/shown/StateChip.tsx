import { Tag } from '@renderer/benchmark/Tag'
import { cx } from '@renderer/ui/cx'
import type { ListingRow, ModelVersion } from '@shared/backend/listings'
import type { PublishedResultRow } from '@shared/backend/results'
import { text } from './messages'

const TONES = {
  quiet: 'bg-sev-info-tint text-sev-info-text',
  ok: 'bg-ok-tint text-ok',
  warn: 'bg-sev-medium-tint text-sev-medium-text',
  bad: 'bg-sev-critical-tint text-sev-critical-text',
}
type Tone = keyof typeof TONES

const LISTING: Record<ListingRow['state'], Tone> = {
  draft: 'quiet',
  published: 'ok',
  withdrawn: 'quiet',
  restricted: 'warn',
  removed: 'bad',
}
const RESULT: Record<PublishedResultRow['state'], Tone> = {
  counted: 'ok',
  disputed: 'warn',
  withdrawn: 'quiet',
  refused: 'bad',
}

export function Chip({ tone, children, title }: { tone: Tone; children: string; title?: string }) {
  return (
    <span
      title={title}
      className={cx(
        'inline-flex h-5 shrink-0 items-center rounded-chip px-1.5 align-middle font-medium text-meta whitespace-nowrap',
        TONES[tone],
      )}
    >
      {children}
    </span>
  )
}

export function StateChip({ state }: { state: ListingRow['state'] }) {
  return (
    <Chip tone={LISTING[state]} title={text.statesWhy[state]}>
      {text.states[state]}
    </Chip>
  )
}

export function VersionChip({ state }: { state: ModelVersion['state'] }) {
  return <Chip tone={LISTING[state]}>{text.versionStates[state]}</Chip>
}

export function ResultChip({ state }: { state: PublishedResultRow['state'] }) {
  return <Chip tone={RESULT[state]}>{text.resultStates[state]}</Chip>
}

export function SampleTag({ of: { sample } }: { of: { sample: boolean } }) {
  return sample ? <Tag title={text.sampleWhy}>{text.sample}</Tag> : null
}
