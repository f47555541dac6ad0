import { formatDateTime } from '@renderer/app/intl'
import { client, orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import { ErrorState } from '@renderer/ui/ErrorState'
import { lazyComponent, whenIdle } from '@renderer/ui/lazy-component'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { TextField } from '@renderer/ui/TextField'
import { VerdictBadge } from '@renderer/ui/VerdictBadge'
import { useQuery } from '@tanstack/react-query'
import { FileSearch, FolderOpen } from 'lucide-react'
import { type FormEvent, useEffect, useId, useState } from 'react'
import { problemText } from '../../scan/target/problem'
import { useRoots } from '../../scan/target/use-start-scan'
import { text } from './messages'

const HostPicker = lazyComponent(
  async () => (await import('../../scan/target/HostPicker')).HostPicker,
)

interface ChooseFilesProps {
  /** The files of a version that is there. */
  again: boolean
  onJob: (jobId: string) => void
  onReport: (reportId: string) => void
}

const SHOWN = 8

/** Files to be scanned now, or a scan that was made before. */
export function ChooseFiles({ again, onJob, onReport }: ChooseFilesProps) {
  const id = useId()
  const roots = useRoots()
  const info = useQuery(orpc.app.info.queryOptions({ staleTime: Number.POSITIVE_INFINITY }))
  const history = useQuery(orpc.scan.history.queryOptions({ input: { limit: SHOWN } }))
  const [picking, setPicking] = useState<'folder' | 'files' | null>(null)
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => whenIdle(() => void HostPicker.preload()), [])
  // Shells and file managers copy paths in quotes.
  const path = typed.trim().replace(/^(["'])(.*)\1$/, '$2')

  const scan = async (paths: readonly string[]) => {
    setPicking(null)
    if (busy || paths.length === 0) return
    setBusy(true)
    setProblem(null)
    try {
      // Hashes of whole files are what a version is made of; nothing is taken from the cache.
      const target = { kind: 'paths' as const, paths: [...paths] }
      onJob((await client.scan.start({ target, hash: true, useCache: false })).jobId)
    } catch (error) {
      setProblem(problemText(error, roots))
      setBusy(false)
    }
  }
  const pick = async (want: 'folder' | 'files') => {
    if (!info.data?.dialogs) return setPicking(want)
    try {
      await scan((await client.files.choose({ kind: want === 'files' ? 'file' : 'folder' })).paths)
    } catch (error) {
      setProblem(problemText(error, roots))
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (path !== '') void scan([path])
  }
  const words = text.choose
  return (
    <>
      <SectionCard title={words.title}>
        <div className="flex flex-col gap-3 p-3">
          <p className="text-muted">{again ? words.bodyScan : words.body}</p>
          <div className="flex flex-wrap items-center gap-2">
            <Button
              icon={<FolderOpen aria-hidden="true" className="size-4" />}
              disabled={busy}
              onClick={() => void pick('folder')}
            >
              {words.folder}
            </Button>
            <Button
              icon={<FileSearch aria-hidden="true" className="size-4" />}
              disabled={busy}
              onClick={() => void pick('files')}
            >
              {words.file}
            </Button>
            <form className="flex min-w-60 flex-1 items-center gap-2" onSubmit={submit}>
              <label htmlFor={id} className="sr-only">
                {words.path}
              </label>
              <TextField
                id={id}
                className="min-w-0 flex-1 font-mono text-code!"
                placeholder={words.placeholder}
                value={typed}
                maxLength={4096}
                onChange={(event) => setTyped(event.target.value)}
              />
              <Button
                type="submit"
                disabled={busy}
                disabledReason={path === '' ? words.pathEmpty : null}
              >
                {words.scan}
              </Button>
            </form>
          </div>
          {problem !== null && (
            <p role="alert" className="text-sev-critical-text wrap-anywhere">
              {problem}
            </p>
          )}
        </div>
      </SectionCard>
      <SectionCard title={words.recent}>
        {history.error ? (
          <ErrorState error={history.error} onRetry={() => void history.refetch()} />
        ) : history.data === undefined ? (
          <SkeletonRows rows={3} />
        ) : history.data.rows.length === 0 ? (
          <p className="p-3 text-muted">{words.noRecent}</p>
        ) : (
          <ul>
            {history.data.rows.map((row) => {
              const at = formatDateTime(row.startedAt)
              return (
                <li
                  key={row.id}
                  className="flex min-h-row items-center gap-3 border-line border-b px-3 py-1 last:border-0"
                >
                  <VerdictBadge verdict={row.verdict} />
                  <span className="min-w-0 flex-1 truncate font-medium" translate="no">
                    {row.name}
                  </span>
                  <span className="text-muted text-small">{at}</span>
                  <Button
                    size="small"
                    aria-label={words.takeNamed(row.name, at)}
                    onClick={() => onReport(row.id)}
                  >
                    {words.use}
                  </Button>
                </li>
              )
            })}
          </ul>
        )}
      </SectionCard>
      {picking && (
        <HostPicker
          want={picking}
          words={text.picker}
          onClose={() => setPicking(null)}
          onChosen={(paths) => void scan(paths)}
        />
      )}
    </>
  )
}
