import { Button } from '@renderer/ui/Button'
import { Menu, MenuItem } from '@renderer/ui/Menu'
import type { BENCHMARK_EXPORTS } from '@shared/contract/benchmark'
import { Download, FileBraces, FileText, Table2 } from 'lucide-react'
import { text } from './messages'

type Format = (typeof BENCHMARK_EXPORTS)[number]

/** What people read first, then what programs read. */
const FORMATS = [
  ['markdown', FileText],
  ['json', FileBraces],
  ['csv', Table2],
] as const

export function ExportMenu({ onSave }: { onSave: (format: Format) => void }) {
  return (
    <Menu
      trigger={
        <Button icon={<Download aria-hidden="true" className="size-4" />}>{text.export}</Button>
      }
    >
      {FORMATS.map(([format, Icon]) => (
        <MenuItem key={format} icon={<Icon aria-hidden="true" />} onSelect={() => onSave(format)}>
          {text.formats[format]}
        </MenuItem>
      ))}
    </Menu>
  )
}
