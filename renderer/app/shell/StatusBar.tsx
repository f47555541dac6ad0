import type { AppInfo } from '@shared/contract/app'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { lazyComponent } from '../../ui/lazy-component'
import { Progress } from '../../ui/Progress'
import { useAccount } from '../account'
import { formatRelative } from '../intl'
import { routeOf, sharedProgress, useRunningJobs } from '../jobs'
import { text } from '../messages'
import { orpc } from '../rpc'

const HOST_BUTTON = 'h-6 rounded-chip px-1.5 hover:bg-sunken hover:text-text'

const HostInfo = lazyComponent<{ info: AppInfo; className: string }>(
  async () => (await import('./HostInfo')).HostInfo,
  ({ info, className }) => <HostButton info={info} className={className} />,
)

function HostButton(props: { info: AppInfo; className: string; onClick?: () => void }) {
  const host = text.hosts[props.info.host]
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-label={text.aboutHost(host)}
      title={text.dataFolderAt(props.info.dataFolder)}
      className={props.className}
      onClick={props.onClick}
    >
      {host}
    </button>
  )
}

export function StatusBar() {
  const { data: info } = useQuery(orpc.app.info.queryOptions({ staleTime: Infinity }))
  const [wanted, setWanted] = useState(false)
  return (
    <footer className="flex h-6 shrink-0 items-center gap-2 border-t border-line bg-surface px-2 text-meta text-muted">
      {info &&
        (wanted ? (
          <HostInfo info={info} className={HOST_BUTTON} />
        ) : (
          <HostButton info={info} className={HOST_BUTTON} onClick={() => setWanted(true)} />
        ))}
      {info && (
        <Link
          to="/rules"
          search={{}}
          className="inline-flex h-6 items-center rounded-chip px-1.5 hover:bg-sunken hover:text-text"
        >
          {text.rulesVersion(info.rulesVersion)}
        </Link>
      )}
      <BackendState />
      <RunningJobs />
    </footer>
  )
}

/** How old what is shown of the backend may be. */
function BackendState() {
  const state = useAccount()
  if (state === null) return null
  const { link, answeredAt } = state
  const words =
    link === 'connected' && answeredAt !== null
      ? text.account.answered(formatRelative(answeredAt))
      : text.account.backends[link === 'connected' ? 'connecting' : link]
  return (
    <Link
      to="/connection"
      className="inline-flex h-6 items-center rounded-chip px-1.5 hover:bg-sunken hover:text-text"
    >
      {words}
    </Link>
  )
}

function RunningJobs() {
  const running = useRunningJobs()
  const [first] = running
  if (!first) return <span className="ml-auto px-1.5">{text.idle}</span>
  const share = sharedProgress(running)
  return (
    <Link
      to={running.length > 1 ? '/' : routeOf(first)}
      params={{ jobId: first.id }}
      className="ml-auto inline-flex h-6 items-center gap-2 rounded-chip px-1.5 hover:bg-sunken hover:text-text"
    >
      <Progress label={text.jobs(running.length, share)} value={share} className="w-24" />
      <span>{text.jobs(running.length, share)}</span>
    </Link>
  )
}
