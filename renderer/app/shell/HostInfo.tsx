import type { AppInfo } from '@shared/contract/app'
import { Popover } from '../../ui/Popover'
import { text as app } from '../messages'
import { text } from './host-messages'

/** Where this console keeps its data and what it may read: to look up, select and copy. */
export function HostInfo({ info, className }: { info: AppInfo; className: string }) {
  const host = app.hosts[info.host]
  const { node, sqlite, electron } = info.runtime
  const versions = [
    `Prometheus Console ${info.version}`,
    `Node ${node}`,
    `SQLite ${sqlite}`,
    ...(electron ? [`Electron ${electron}`] : []),
    info.platform,
  ]
  return (
    <Popover
      defaultOpen
      side="top"
      title={host}
      trigger={
        <button
          type="button"
          aria-label={app.aboutHost(host)}
          title={app.dataFolderAt(info.dataFolder)}
          className={className}
        >
          {host}
        </button>
      }
    >
      <dl className="mt-2 flex flex-col gap-2">
        <Fact term={text.dataFolder} values={[info.dataFolder]} />
        {info.roots.length > 0 && <Fact term={text.folders} values={info.roots} />}
        <Fact term={text.versions} values={versions} />
      </dl>
    </Popover>
  )
}

function Fact({ term, values }: { term: string; values: readonly string[] }) {
  return (
    <div>
      <dt className="text-small text-muted">{term}</dt>
      {values.map((value) => (
        <dd key={value} translate="no" className="font-mono text-code wrap-anywhere select-text">
          {value}
        </dd>
      ))}
    </div>
  )
}
