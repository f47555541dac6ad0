import { useCommand } from '@renderer/app/commands'
import { describeError } from '@renderer/app/errors'
import { client } from '@renderer/app/rpc'
import { Button, IconButton } from '@renderer/ui/Button'
import { lazyComponent } from '@renderer/ui/lazy-component'
import { Menu, MenuItem } from '@renderer/ui/Menu'
import { saveText } from '@renderer/ui/save-file'
import { notify } from '@renderer/ui/toast'
import type { ExportFormat, ReportRow } from '@shared/contract/scan'
import type { ScanReport } from '@shared/scan-report/report'
import { useNavigate } from '@tanstack/react-router'
import {
  BadgeCheck,
  Download,
  FileBraces,
  FileCheck2,
  FileCode2,
  FileText,
  GitCompareArrows,
  GitPullRequest,
  Printer,
  RotateCw,
  ShieldAlert,
  Table2,
  Trash2,
} from 'lucide-react'
import { useState } from 'react'
import { targetOf } from '../target/scan-again'
import { useStartScan } from '../target/use-start-scan'
import { text } from './actions-messages'
import { RemoveReport } from './RemoveReport'

const CreatePassport = lazyComponent(() =>
  import('../../model/CreatePassport').then((module) => module.CreatePassport),
)

/** What people read first, then what programs read. */
const FORMATS = [
  ['html', FileCode2],
  ['markdown', FileText],
  ['json', FileBraces],
  ['sarif', ShieldAlert],
  ['csv', Table2],
  ['junit', FileCheck2],
  ['github', GitPullRequest],
] as const

export function ReportActions({ row, report }: { row: ReportRow; report: ScanReport }) {
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const [issuing, setIssuing] = useState(false)
  const start = useStartScan()
  const target = targetOf(row.source, report.roots)
  const again = () => {
    if (target) void start.run({ target })
  }
  const compare = () =>
    void navigate({ to: '/compare/$reportId', params: { reportId: row.id }, search: {} })

  const save = async (format: ExportFormat) => {
    try {
      const file = await client.scan.export({ reportId: row.id, format })
      saveText(file.fileName, file.mediaType, file.text)
      notify({ title: text.export.saved(file.fileName), key: 'export', tone: 'ok' })
    } catch (error) {
      const { message } = describeError(error)
      notify({ title: text.export.failed, description: message, key: 'export', tone: 'error' })
    }
  }
  const print = async () => {
    const { printReport } = await import('../print/print-report')
    printReport(row, report)
  }

  useCommand('report.export-json', () => void save('json'))
  useCommand('report.export-sarif', () => void save('sarif'))
  useCommand('report.export-csv', () => void save('csv'))
  useCommand('report.export-junit', () => void save('junit'))
  useCommand('report.export-github', () => void save('github'))
  useCommand('report.export-markdown', () => void save('markdown'))
  useCommand('report.export-html', () => void save('html'))
  useCommand('report.print', () => void print())
  useCommand('report.passport', () => setIssuing(true))
  useCommand('report.compare', compare)
  useCommand('report.scan-again', again, target !== null)
  const [root] = report.roots
  useCommand(
    'report.benchmark',
    () => void navigate({ to: '/benchmarks/run', search: { path: root } }),
    target?.kind === 'paths' && report.roots.length === 1,
  )
  useCommand('report.remove', () => setAsking(true))

  return (
    <>
      <IconButton
        size="normal"
        label={text.remove.label}
        icon={<Trash2 aria-hidden="true" className="size-4" />}
        onClick={() => setAsking(true)}
      />
      <Menu
        trigger={
          <Button icon={<Download aria-hidden="true" className="size-4" />}>
            {text.export.open}
          </Button>
        }
      >
        {FORMATS.map(([format, Icon]) => (
          <MenuItem
            key={format}
            icon={<Icon aria-hidden="true" />}
            onSelect={() => void save(format)}
          >
            {text.export.formats[format]}
          </MenuItem>
        ))}
        <div className="my-1 border-line border-t" />
        <MenuItem
          icon={<BadgeCheck aria-hidden="true" />}
          keys="p"
          onSelect={() => setIssuing(true)}
        >
          {text.passport}
        </MenuItem>
        <MenuItem icon={<Printer aria-hidden="true" />} onSelect={() => void print()}>
          {text.export.print}
        </MenuItem>
      </Menu>
      <Button
        keys="c"
        icon={<GitCompareArrows aria-hidden="true" className="size-4" />}
        onClick={compare}
      >
        {text.compare}
      </Button>
      <Button
        variant="primary"
        icon={<RotateCw aria-hidden="true" className="size-4" />}
        disabledReason={target ? null : text.again.upload}
        onClick={again}
      >
        {text.again.label}
      </Button>
      {issuing && (
        <CreatePassport
          report={row}
          onClose={() => setIssuing(false)}
          onCreated={(passportId) =>
            void navigate({ to: '/passports/$passportId', params: { passportId } })
          }
        />
      )}
      <RemoveReport
        report={asking ? row : null}
        onClose={() => setAsking(false)}
        onRemoved={() => void navigate({ to: '/history', search: {} })}
      />
    </>
  )
}
