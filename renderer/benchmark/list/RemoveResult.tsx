import { client, orpc } from '@renderer/app/rpc'
import { ConfirmRemove } from '@renderer/ui/ConfirmRemove'
import type { ResultRow } from '@shared/benchmark/result-row'
import { text } from './messages'

interface RemoveResultProps {
  result: Pick<ResultRow, 'id' | 'name'> | null
  onClose: () => void
  onRemoved: () => void
}

export function RemoveResult({ result, onClose, onRemoved }: RemoveResultProps) {
  return (
    <ConfirmRemove
      subject={result}
      nameOf={({ name }) => name}
      words={text.removal}
      remove={({ id }) => client.benchmark.removeResult({ resultId: id })}
      stale={[orpc.benchmark.key()]}
      onClose={onClose}
      onRemoved={onRemoved}
    />
  )
}
