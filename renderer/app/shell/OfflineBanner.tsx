import { Button } from '../../ui/Button'
import { SeverityIcon } from '../../ui/SeverityBadge'
import { type Connection, connection, retryNow } from '../connection'
import { formatTime } from '../intl'
import { text } from '../messages'
import { useStore } from '../store'
import { useCountdown } from '../use-countdown'

export function OfflineBanner() {
  const state = useStore(connection)
  return state.state === 'offline' ? <Banner state={state} /> : null
}

function Banner({ state }: { state: Extract<Connection, { state: 'offline' }> }) {
  const seconds = useCountdown(state.retryAt)
  return (
    <div className="flex items-center gap-3 border-b border-line bg-sev-high-tint px-4 py-2">
      <SeverityIcon severity="high" className="size-4! text-sev-high-text" />
      <p role="alert" className="min-w-0 flex-1">
        <span className="font-medium">{text.gone.title(location.host)}</span>{' '}
        <span className="text-muted">{text.gone.since(formatTime(new Date(state.since)))}</span>
      </p>
      <Button size="small" onClick={retryNow}>
        {seconds > 0 ? text.gone.retryIn(seconds) : text.gone.retrying}
      </Button>
    </div>
  )
}
