import { Link } from '@tanstack/react-router'
import { FlaskConical, FolderSearch, SquareTerminal } from 'lucide-react'
import type { ReactNode } from 'react'
import { Page, PageHeader } from '../app/page'
import { useStartSamples } from '../app/start-samples'
import { Button, buttonClass } from '../ui/Button'
import { CopyButton } from '../ui/CopyButton'
import { SCAN_COMMAND, text } from './messages'

/** Before the first scan there is nothing to report, so the page says where to begin. */
export function FirstRun() {
  const { start, starting } = useStartSamples()
  const { folder, samples, cli } = text.first
  return (
    <Page>
      <PageHeader title={text.title} />
      <div className="max-w-[1040px]">
        <h2 className="text-section font-semibold">{text.first.title}</h2>
        <p className="mt-1 max-w-[68ch] text-muted">{text.first.body}</p>
        <div className="mt-5 grid grid-cols-3 gap-3 max-[900px]:grid-cols-1">
          <Start icon={<FolderSearch aria-hidden="true" />} title={folder.title} body={folder.body}>
            <Link to="/scan" search={{ choose: 'folder' }} className={buttonClass('primary')}>
              {folder.action}
            </Link>
          </Start>
          <Start
            icon={<FlaskConical aria-hidden="true" />}
            title={samples.title}
            body={samples.body}
          >
            <Button onClick={start} disabled={starting}>
              {starting ? samples.starting : samples.action}
            </Button>
          </Start>
          <Start icon={<SquareTerminal aria-hidden="true" />} title={cli.title} body={cli.body}>
            <div className="flex w-full min-w-0 items-center gap-1 rounded-control bg-sunken py-0.5 pr-0.5 pl-2.5">
              <code translate="no" className="min-w-0 flex-1 truncate" title={SCAN_COMMAND}>
                {SCAN_COMMAND}
              </code>
              <CopyButton iconOnly value={SCAN_COMMAND} />
            </div>
          </Start>
        </div>
      </div>
    </Page>
  )
}

interface StartProps {
  icon: ReactNode
  title: string
  body: string
  children: ReactNode
}

function Start({ icon, title, body, children }: StartProps) {
  return (
    <section className="flex flex-col rounded-card border border-line bg-surface p-4">
      <span className="text-accent [&>svg]:size-5">{icon}</span>
      <h3 className="mt-2.5 text-section font-semibold">{title}</h3>
      <p className="mt-1 mb-4 text-muted">{body}</p>
      <div className="mt-auto flex">{children}</div>
    </section>
  )
}
