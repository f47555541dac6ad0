import { Download, Table2 } from 'lucide-react'
import { type ReactNode, useId, useRef, useState } from 'react'
import { IconButton } from '../ui/Button'
import { CopyButton } from '../ui/CopyButton'
import { cx } from '../ui/cx'
import { lazyComponent } from '../ui/lazy-component'
import { ChartTable } from './ChartTable'
import { type CsvCell, toCsv } from './csv'
import { text } from './messages'
import type { ChartCaption } from './save-chart'
import type { Series } from './stacked-bars'

interface ChartFrameProps {
  title: string
  unit: string
  /** Scope, time zone, or what was left out. */
  caption?: string | undefined
  /** What the colours stand for, where the drawing does not write it. */
  legend?: readonly Series[]
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

const SaveMenu = lazyComponent(
  async () => (await import('./SaveMenu')).SaveMenu,
  ({ caption }) => <SaveButton title={caption.title} />,
)

/** Title with unit, drawing or table; the data as CSV, and the drawing as a picture to save. */
export function ChartFrame(props: ChartFrameProps) {
  const { title, unit, caption, legend, columns, rows, height } = props
  const [asTable, setAsTable] = useState(false)
  const heading = useId()
  const drawing = useRef<HTMLDivElement>(null)
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
        {caption && (
          <span title={caption} className="ml-auto truncate pl-2 text-faint text-meta">
            {caption}
          </span>
        )}
        <span className={cx('flex shrink-0', !caption && 'ml-auto')}>
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
          {!asTable && (
            <SaveControl
              caption={{ title, unit, caption, legend }}
              drawing={() => drawing.current?.querySelector('svg') ?? null}
            />
          )}
        </span>
      </div>
      {legend && <Legend series={legend} />}
      <div style={{ height }} className="relative min-w-0" ref={drawing}>
        {asTable ? (
          <ChartTable
            columns={columns}
            rows={rows}
            formatCell={props.formatCell ?? String}
            showHeader={props.showHeader ?? false}
          />
        ) : (
          props.children
        )}
      </div>
    </section>
  )
}

function Legend({ series }: { series: readonly Series[] }) {
  return (
    <ul className="flex min-h-5 flex-wrap gap-x-3 text-meta text-muted">
      {series.map(({ label, color, data }) => (
        <li key={label} translate={data ? 'no' : undefined} className="flex items-center gap-1">
          <span className="swatch size-2 rounded-[2px]" style={{ background: color }} />
          {label}
        </li>
      ))}
    </ul>
  )
}

interface SaveControlProps {
  caption: ChartCaption
  drawing: () => SVGSVGElement | null
}

/** A plain button until it is wanted: menus are no part of a chart. */
function SaveControl(props: SaveControlProps) {
  const [wanted, setWanted] = useState(false)
  if (wanted) return <SaveMenu {...props} defaultOpen />
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only fetches code ahead of the click
    <span onPointerEnter={() => void SaveMenu.preload()} onFocus={() => void SaveMenu.preload()}>
      <SaveButton title={props.caption.title} onClick={() => setWanted(true)} />
    </span>
  )
}

function SaveButton({ title, onClick }: { title: string; onClick?: () => void }) {
  return (
    <IconButton
      label={text.save(title)}
      aria-haspopup="menu"
      icon={<Download aria-hidden size={14} />}
      {...(onClick && { onClick })}
    />
  )
}
