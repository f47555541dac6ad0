import { VerdictIcon } from '@renderer/ui/VerdictBadge'
import type { ScanReport } from '@shared/scan-report/report'
import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { text } from './clean-messages'

/** In place of a list of findings: what was looked at, and what a clean report does not say. */
export function NothingFound({ report }: { report: ScanReport }) {
  const { files, byStatus, verdict } = report.summary
  if (files === 0) {
    return <Notice title={text.clean.empty} verdict="unknown" body={text.clean.emptyBody} />
  }
  const formats = [...new Set(report.files.map(({ format }) => format))].sort()
  const clean = verdict === 'clean'
  return (
    <Notice title={clean ? text.clean.title : text.clean.unclean} verdict={verdict}>
      <div className="grid w-full gap-6 md:grid-cols-2">
        <Points title={text.clean.means} icon={<Check aria-hidden="true" className="size-4" />}>
          {[
            byStatus.complete === files
              ? text.clean.checked(files, formats)
              : text.clean.partly(byStatus.complete, files),
            text.clean.rules(report.rulesVersion),
            text.clean.nothingRun,
          ]}
        </Points>
        <Points title={text.clean.not} icon={<Minus aria-hidden="true" className="size-4" />}>
          {[text.clean.behaviour, text.clean.future, text.clean.elsewhere]}
        </Points>
      </div>
    </Notice>
  )
}

interface NoticeProps {
  title: string
  verdict: ScanReport['summary']['verdict']
  body?: string
  children?: ReactNode
}

function Notice({ title, verdict, body, children }: NoticeProps) {
  return (
    <div className="mx-auto flex max-w-[880px] flex-col gap-4 p-6">
      <h2 className="flex items-center gap-2 font-semibold text-section">
        <VerdictIcon verdict={verdict} className={verdict === 'clean' ? 'text-ok' : 'text-muted'} />
        {title}
      </h2>
      {body && <p className="text-muted">{body}</p>}
      {children}
    </div>
  )
}

function Points({ title, icon, children }: { title: string; icon: ReactNode; children: string[] }) {
  return (
    <section>
      <h3 className="mb-1.5 font-semibold">{title}</h3>
      <ul className="flex flex-col gap-1.5 text-muted">
        {children.map((point) => (
          <li key={point} className="flex gap-2">
            <span className="mt-0.5 shrink-0 text-faint">{icon}</span>
            <span>{point}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
