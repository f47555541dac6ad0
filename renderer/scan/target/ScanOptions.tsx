import { useSettings } from '@renderer/settings/use-settings'
import { SectionCard } from '@renderer/ui/Card'
import { Skeleton } from '@renderer/ui/Skeleton'
import { Switch } from '@renderer/ui/Switch'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { text } from '../messages'

interface ScanOptionsProps {
  hash: boolean
  onHash: (hash: boolean) => void
}

/** What differs from scan to scan, and the limits that are in force, said before the start. */
export function ScanOptions({ hash, onHash }: ScanOptionsProps) {
  const { data } = useSettings()
  const id = useId()
  const why = useId()
  const values = data?.values
  return (
    <SectionCard title={text.options.title}>
      <div className="flex items-center gap-3 border-line border-b px-3 py-2">
        <div className="min-w-0 flex-1">
          <label htmlFor={id}>{text.options.hash}</label>
          <p id={why} className="text-faint text-small">
            {text.options.hashWhy}
          </p>
        </div>
        <Switch id={id} checked={hash} onChange={onHash} describedBy={why} />
      </div>
      <p className="px-3 py-2 text-muted text-small">
        {values ? (
          <>
            {text.options.limits(
              values['scan.file-seconds'],
              values['scan.heap-megabytes'],
              values['scan.depth'],
              values['scan.files'],
            )}{' '}
            <Link
              to="/settings"
              search={{ section: 'scan' }}
              className="font-medium text-accent underline-offset-2 hover:underline"
            >
              {text.options.change}
            </Link>
          </>
        ) : (
          <Skeleton className="my-0.5 w-3/4" />
        )}
      </p>
    </SectionCard>
  )
}
