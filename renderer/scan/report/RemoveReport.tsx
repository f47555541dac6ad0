import { client, orpc } from '@renderer/app/rpc'
import { ConfirmRemove } from '@renderer/ui/ConfirmRemove'
import { text } from './actions-messages'

interface RemoveReportProps {
  report: { id: string; name: string } | null
  onClose: () => void
  onRemoved: () => void
}

export function RemoveReport({ report, onClose, onRemoved }: RemoveReportProps) {
  return (
    <ConfirmRemove
      subject={report}
      nameOf={({ name }) => name}
      words={text.remove}
      remove={({ id }) => client.scan.remove({ reportId: id })}
      stale={[orpc.scan.history.key(), orpc.app.overview.key()]}
      onClose={onClose}
      onRemoved={onRemoved}
    />
  )
}
