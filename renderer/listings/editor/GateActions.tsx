import { Button, buttonClass } from '@renderer/ui/Button'
import type { ModelVersion } from '@shared/backend/listings'
import { Link } from '@tanstack/react-router'
import { fieldId } from './CardForm'
import { JumpButton } from './Checklist'
import { text } from './checklist-messages'
import type { ShownGate } from './gates'

interface GateActionsProps {
  gate: ShownGate
  listingId: string
  version: ModelVersion | null
  onSendResults: () => void
}

/** The way to what a gate asks for. */
export function GateActions({ gate, listingId, version, onSendResults }: GateActionsProps) {
  const add = (
    <Link
      to="/listings/$listingId/add"
      params={{ listingId }}
      search={{}}
      className={buttonClass('secondary', 'small')}
    >
      {text.addVersion}
    </Link>
  )
  switch (gate.gate) {
    case 'files':
      return add
    case 'fields': {
      const { field } = gate.detail
      return version === null ? null : (
        <JumpButton gate="fields" to={fieldId(typeof field === 'string' ? field : 'summary')} />
      )
    }
    case 'licence':
    case 'name':
    case 'price':
      return <JumpButton gate={gate.gate} to={fieldId(gate.gate)} />
    case 'scan':
      return version === null ? null : (
        <Link
          to="/listings/$listingId/add"
          params={{ listingId }}
          search={{ version: version.id }}
          className={buttonClass('secondary', 'small')}
        >
          {text.scanAgain}
        </Link>
      )
    case 'benchmark':
      return version === null ? null : (
        <>
          <Button size="small" onClick={onSendResults}>
            {text.sendResults}
          </Button>
          <Link to="/benchmarks/run" search={{}} className={buttonClass('secondary', 'small')}>
            {text.benchmark}
          </Link>
        </>
      )
    case 'account':
      return null
  }
}
