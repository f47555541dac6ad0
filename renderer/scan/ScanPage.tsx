import { useCommand } from '@renderer/app/commands'
import { PausedJobs } from '@renderer/app/PausedJobs'
import { Page, PageHeader } from '@renderer/app/page'
import { client, orpc } from '@renderer/app/rpc'
import { inElectron, pathOfFile } from '@renderer/app/session'
import { useSettings } from '@renderer/settings/use-settings'
import { lazyComponent, whenIdle } from '@renderer/ui/lazy-component'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import { text } from './messages'
import { DropZone } from './target/DropZone'
import { ErrorNotice } from './target/ErrorNotice'
import { PathField } from './target/PathField'
import { problemText } from './target/problem'
import { RecentTargets } from './target/RecentTargets'
import { Samples } from './target/Samples'
import { ScanOptions } from './target/ScanOptions'
import { UploadProgress } from './target/UploadProgress'
import { useDropTarget } from './target/use-drop-target'
import { useRoots, useStartScan } from './target/use-start-scan'
import { useUpload } from './target/use-upload'
import { entryOf, pickFiles, walkEntries } from './target/walk-entries'

const HostPicker = lazyComponent(async () => (await import('./target/HostPicker')).HostPicker)
/** Paths of one scan that the contract takes. */
const MAX_PATHS = 100

export function ScanPage() {
  const navigate = useNavigate()
  const { choose } = useSearch({ from: '/scan' })
  const info = useQuery(orpc.app.info.queryOptions({ staleTime: Number.POSITIVE_INFINITY }))
  const settings = useSettings()
  const roots = useRoots()
  const [picking, setPicking] = useState<'folder' | 'files' | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [hashChoice, setHash] = useState<boolean | null>(null)
  const hash = hashChoice ?? settings.data?.values['scan.hash'] ?? true

  const { run, starting } = useStartScan(setProblem)
  const start = useCallback(
    (paths: string[]) => {
      setPicking(null)
      setProblem(paths.length > MAX_PATHS ? text.problem.tooManyPaths(MAX_PATHS) : null)
      if (paths.length > 0 && paths.length <= MAX_PATHS) {
        void run({ target: { kind: 'paths', paths }, hash })
      }
    },
    [run, hash],
  )
  const onSent = useCallback(
    (uploadId: string) => run({ target: { kind: 'upload', uploadId }, hash }),
    [run, hash],
  )
  const onProblem = useCallback((error: unknown) => setProblem(problemText(error, roots)), [roots])
  const { upload, run: send, cancel } = useUpload({ onSent, onProblem })

  const dragged = useDropTarget((transfer) => {
    setProblem(null)
    if (inElectron) {
      const paths = [...transfer.files].flatMap((file) => pathOfFile(file) ?? [])
      return paths.length > 0 ? start(paths) : setProblem(text.problem.nothing)
    }
    // The list is emptied once this handler returns, so the entries are taken now.
    const entries = [...transfer.items].flatMap(entryOf)
    void send((signal) => walkEntries(entries, signal), true)
  })

  const dialogs = info.data?.dialogs ?? false
  const pick = async (want: 'folder' | 'files') => {
    setProblem(null)
    if (!dialogs) return setPicking(want)
    try {
      const kind = want === 'files' ? 'file' : 'folder'
      const { paths } = await client.files.choose({ kind })
      if (paths.length > 0) start(paths)
    } catch (error) {
      onProblem(error)
    }
  }
  useCommand('scan.folder', () => void pick('folder'))
  useCommand('scan.files', () => void pick('files'))
  useEffect(() => whenIdle(() => void HostPicker.preload()), [])

  const known = info.isFetched
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for once, by the address
  useEffect(() => {
    if (!choose || !known) return
    void navigate({ to: '/scan', search: {}, replace: true })
    void pick(choose)
  }, [choose, known])

  return (
    <Page>
      <PageHeader title={text.title} facts={<span className="text-muted">{text.intro}</span>} />
      <PausedJobs />
      {problem && <ErrorNotice title={text.problem.title} body={problem} />}
      <DropZone
        dragged={dragged}
        busy={starting}
        uploads={!inElectron}
        onChoose={(want) => void pick(want)}
        onUpload={(files) => {
          setProblem(null)
          void send(async () => pickFiles(files), false)
        }}
      >
        {upload && <UploadProgress upload={upload} onCancel={cancel} />}
      </DropZone>
      <PathField busy={starting} onScan={(path) => start([path])} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <RecentTargets hash={hash} onProblem={setProblem} />
        <div className="flex min-w-0 flex-col gap-4">
          <ScanOptions hash={hash} onHash={setHash} />
          <Samples
            busy={starting}
            onStart={() => {
              setProblem(null)
              void run({ target: { kind: 'samples' }, hash })
            }}
          />
        </div>
      </div>
      {picking && <HostPicker want={picking} onClose={() => setPicking(null)} onChosen={start} />}
    </Page>
  )
}
