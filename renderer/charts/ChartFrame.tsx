import { Table2 } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { IconButton } from '../ui/Button'
import { CopyButton } from '../ui/CopyButton'
import { cx } from '../ui/cx'
import { type CsvCell, toCsv } from './csv'
import { text } from './messages'

interface ChartFrameProps {
  title: string
  unit: string
  /** Scope, time zone, or what was left out. */
  caption?: string
  /** The same data as the drawing, for those who cannot use it. */
  columns: readonly string[]
  rows: readonly (readonly CsvCell[])[]
  formatCell?: (cell: CsvCell, column: number) => string
  /** The table shows the names of its columns; with two of them the title says it already. */
  showHeader?: boolean
  /** Reserved for the drawing, px: nothing moves when its code arrives. */
  height: number
  children: ReactNode
}

/** Title with unit, drawing or table, and the data as CSV. */
export function ChartFrame(props: ChartFrameProps) {
  const { title, unit, caption, columns, rows, height, formatCell = String, showHeader } = props
  const [asTable, setAsTable] = useState(false)
  const heading = useId()
  return (
    <section
      aria-labelledby={heading}
      className="group flex min-w-0 flex-col rounded-card border border-line bg-surface px-3 pt-2 pb-1"
    >
      <div className="flex h-7 items-center gap-1">
        <h2 id={heading} className="min-w-0 truncate font-medium text-small">
          {title}
          <span className="font-normal text-faint">{`, ${unit}`}</span>
        </h2>
        {caption && <span className="ml-auto truncate text-faint text-meta">{caption}</span>}
        <span className={cx('flex', !caption && 'ml-auto')}>
          <IconButton
            label={text.showTable(title)}
            aria-pressed={asTable}
            icon={<Table2 aria-hidden size={14} />}
            className="aria-pressed:bg-selected aria-pressed:text-text"
            onClick={() => setAsTable(!asTable)}
          />
          <CopyButton
            iconOnly
            size="small"
            variant="ghost"
            label={text.copyOf(title)}
            value={() => toCsv(columns, rows)}
          />
        </span>
      </div>
      <div style={{ height }} className="relative min-w-0">
        {asTable ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by key
          <div className="h-full overflow-y-auto" tabIndex={0}>
            <table className="w-full text-small">
              <thead className={showHeader ? 'sticky top-0 bg-surface text-muted' : 'sr-only'}>
                <tr>
                  {columns.map((column, at) => (
                    <th
                      key={column}
                      scope="col"
                      className={cx('font-normal', at > 0 ? 'text-end' : 'text-start')}
                    >
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={String(row[0])} className="border-line border-b last:border-0">
                    {row.map((cell, column) => (
                      <td
                        key={columns[column]}
                        className={cx('py-0.5', column > 0 && 'text-end text-muted')}
                      >
                        {formatCell(cell, column)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : (
          props.children
        )}
      </div>
    </section>
  )
}
