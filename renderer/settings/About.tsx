import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { runCommand } from '../app/commands'
import { text as app } from '../app/messages'
import { orpc } from '../app/rpc'
import { Button } from '../ui/Button'
import { Card } from '../ui/Card'
import { CopyButton } from '../ui/CopyButton'
import { ErrorState } from '../ui/ErrorState'
import { SkeletonRows } from '../ui/Skeleton'
import { text } from './messages'
import { useSettings } from './use-settings'

export function About() {
  const { data: info, error, refetch } = useQuery(orpc.app.info.queryOptions())
  const settings = useSettings()
  if (error) {
    return (
      <Card className="mt-4 max-w-[880px]">
        <ErrorState error={error} title={text.about.failed} onRetry={() => void refetch()} />
      </Card>
    )
  }
  if (!info) {
    return (
      <Card className="mt-4 max-w-[880px]">
        <SkeletonRows rows={6} />
      </Card>
    )
  }
  const { node, sqlite, electron } = info.runtime
  const engines = [
    `Node ${node}`,
    `SQLite ${sqlite}`,
    ...(electron ? [`Electron ${electron}`] : []),
  ]
  return (
    <Card className="mt-4 max-w-[880px]">
      <div className="flex flex-wrap items-center justify-between gap-3 border-b border-line px-4 py-3">
        <div>
          <h2 className="font-semibold">{text.about.title}</h2>
          <p className="text-muted">{text.about.copyNote}</p>
        </div>
        <Button size="small" onClick={() => void runCommand('help.copy-diagnostics')}>
          {text.about.copy}
        </Button>
      </div>
      <dl>
        <Fact term={text.about.version}>
          <span translate="no">{[info.version, ...engines].join(', ')}</span>
        </Fact>
        <Fact term={text.about.host}>{app.hosts[info.host]}</Fact>
        <Fact term={text.about.platform}>
          <span translate="no">{info.platform}</span>
        </Fact>
        <Fact term={text.about.rules}>
          <span translate="no">{info.rulesVersion}</span>
        </Fact>
        <Fact term={text.about.data}>
          <Path value={info.dataFolder} />
        </Fact>
        {settings.data && (
          <Fact term={text.about.settings}>
            <Path value={settings.data.file} />
          </Fact>
        )}
        <Fact term={text.about.roots}>
          {info.roots.length === 0
            ? text.about.none
            : info.roots.map((root) => <Path key={root} value={root} />)}
        </Fact>
      </dl>
    </Card>
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-4 border-b border-line px-4 py-1 last:border-0">
      <dt className="w-52 text-muted">{term}</dt>
      <dd className="min-w-0 flex-1">{children}</dd>
    </div>
  )
}

function Path({ value }: { value: string }) {
  return (
    <span className="flex min-w-0 items-center gap-1">
      <code translate="no" className="wrap-anywhere">
        {value}
      </code>
      <CopyButton iconOnly value={value} />
    </span>
  )
}
