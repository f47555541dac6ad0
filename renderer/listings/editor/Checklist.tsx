import { Button, IconButton } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import { cx } from '@renderer/ui/cx'
import { ErrorState } from '@renderer/ui/ErrorState'
import { Select } from '@renderer/ui/Select'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import type { ModelVersion } from '@shared/backend/listings'
import type { GateName } from '@shared/backend/words'
import { CircleCheck, CircleDashed, CircleMinus, OctagonX, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { text as shared } from '../messages'
import { text as market } from '../shown/messages'
import { text } from './checklist-messages'
import { isOpen, type ShownGate } from './gates'

interface ChecklistProps {
  gates: readonly ShownGate[]
  loading: boolean
  checking: boolean
  error: unknown
  onCheck: () => void
  versions: readonly ModelVersion[]
  versionId: string | null
  onVersion: (versionId: string) => void
  /** What to do about a gate that is not open. */
  actionsOf: (gate: ShownGate) => ReactNode
}

/** What publishing needs, why something is missing, and the way to it. */
export function Checklist(props: ChecklistProps) {
  const { gates, versions, versionId } = props
  const open = gates.filter(isOpen).length
  return (
    <SectionCard
      title={text.title}
      aside={
        <span className="flex items-center gap-2">
          <span className="text-muted text-small" role="status">
            {props.checking ? text.checking : text.open(open, gates.length)}
          </span>
          <IconButton
            label={text.again}
            disabled={versionId === null || props.checking}
            icon={<RotateCw aria-hidden="true" className="size-3.5" />}
            onClick={props.onCheck}
          />
        </span>
      }
    >
      {versions.length > 1 && versionId !== null && (
        <div className="flex items-center gap-2 border-line border-b px-3 py-1.5 text-small">
          <span className="text-muted">{text.of}</span>
          <Select
            label={text.of}
            value={versionId}
            options={versions.map(({ id, number, state }) => ({
              value: id,
              label: text.version(number, market.versionStates[state]),
              data: true,
            }))}
            onChange={props.onVersion}
            className="flex-1"
          />
        </div>
      )}
      {props.error !== null && props.error !== undefined ? (
        <ErrorState error={props.error} title={text.failed} onRetry={props.onCheck} />
      ) : props.loading ? (
        <SkeletonRows rows={8} />
      ) : (
        <ul>
          {gates.map((gate) => (
            <GateRow key={gate.gate} gate={gate} actions={props.actionsOf(gate)} />
          ))}
        </ul>
      )}
    </SectionCard>
  )
}

const ICONS = {
  ok: CircleCheck,
  unmeasured: CircleMinus,
  missing: CircleDashed,
  refused: OctagonX,
  waiting: CircleDashed,
}
const TONES = {
  ok: 'text-ok',
  unmeasured: 'text-sev-medium-text',
  missing: 'text-sev-medium-text',
  refused: 'text-sev-critical-text',
  waiting: 'text-faint',
}

function GateRow({ gate, actions }: { gate: ShownGate; actions: ReactNode }) {
  const Icon = ICONS[gate.state]
  return (
    <li
      data-gate={gate.gate}
      data-state={gate.state}
      className="flex gap-2.5 border-line border-b px-3 py-2 last:border-0"
    >
      <Icon aria-hidden="true" className={cx('mt-0.5 size-4 shrink-0', TONES[gate.state])} />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <span className="font-medium">{shared.gates[gate.gate]}</span>
          <span
            className={cx(
              'text-meta',
              TONES[gate.state] === 'text-faint' ? 'text-muted' : TONES[gate.state],
            )}
          >
            {text.states[gate.state]}
          </span>
        </p>
        <p className="text-muted text-small wrap-anywhere">{gate.sentence}</p>
        {!isOpen(gate) && actions && <div className="mt-1.5 flex flex-wrap gap-1.5">{actions}</div>}
      </div>
    </li>
  )
}

/** Takes the focus to the field that a gate is about. */
export function JumpButton({ gate, to }: { gate: GateName; to: string }) {
  return (
    <Button
      size="small"
      onClick={() => {
        const field = document.getElementById(to)
        field?.scrollIntoView({ block: 'center' })
        field?.focus()
      }}
    >
      {text.jump[gate] ?? text.jump.fields}
    </Button>
  )
}
