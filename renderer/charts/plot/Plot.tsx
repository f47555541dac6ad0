import { type ReactNode, useRef } from 'react'
import { useWidth } from '../../ui/use-width'
import { linearScale, logScale, type Range, type Scale } from './scale'

export interface Axis {
  domain: Range
  log?: boolean
  format: (value: number) => string
  /** Written at the end of the axis where the title of the chart does not say it. */
  label?: string
  /** Whole numbers only, as ranks are. */
  whole?: boolean
  /** The largest value that can be: room above it has no numbers. */
  most?: number
}

export interface PlotArea {
  x: Scale
  /** Identity of px where the plot has no y axis. */
  y: Scale
  left: number
  right: number
  top: number
  bottom: number
}

interface PlotProps {
  /** With the unit; what a screen reader says first. */
  title: string
  /** The finding in a sentence. */
  description: string
  height: number
  x: Axis
  y?: Axis
  /** px reserved at each side of the drawing area. */
  margin?: Partial<Record<'top' | 'right' | 'bottom' | 'left', number>>
  children: (area: PlotArea) => ReactNode
}

/** px between two numbers of an axis, at least. */
const X_TICK_ROOM = 84
const Y_TICK_ROOM = 36
/** Ranks and runs are counted one by one; beyond this, round numbers read better. */
const MOST_WHOLE = 60
/** Mean advance of Inter at 11 px. */
export const LETTER = 6.2
export const FONT = { fontSize: 11 } as const

/** Axes and grid of the statistical charts; recharts has no such forms. As wide as its place. */
export function Plot({ title, description, height, x, y, margin, children }: PlotProps) {
  const place = useRef<HTMLDivElement>(null)
  const width = useWidth(place)
  const left = margin?.left ?? (y ? yLabelWidth(y, height) : 8)
  const right = Math.max(left + 1, width - (margin?.right ?? 12))
  const top = margin?.top ?? (y?.label ? 20 : 8)
  const bottom = height - (margin?.bottom ?? (x.label ? 36 : 22))
  const xScale = scaleOf(x, [left, right])
  const yScale = y ? scaleOf(y, [bottom, top]) : linearScale([0, 1], [0, 1])
  const xTicks = ticksOf(x, xScale, (right - left) / X_TICK_ROOM)
  const yTicks = y ? ticksOf(y, yScale, (bottom - top) / Y_TICK_ROOM) : []
  return (
    <div ref={place} className="h-full w-full">
      {width > 0 && (
        <svg
          role="img"
          aria-label={`${title}. ${description}`}
          width={width}
          height={height}
          className="block"
          {...FONT}
        >
          <g stroke="var(--line)" shapeRendering="crispEdges">
            {xTicks.map((tick) => (
              <line key={tick} x1={xScale.at(tick)} x2={xScale.at(tick)} y1={top} y2={bottom} />
            ))}
            {yTicks.map((tick) => (
              <line key={tick} x1={left} x2={right} y1={yScale.at(tick)} y2={yScale.at(tick)} />
            ))}
            <line x1={left} x2={right} y1={bottom} y2={bottom} stroke="var(--line-strong)" />
          </g>
          <g fill="var(--muted)">
            {xTicks.map((tick) => (
              <text key={tick} x={xScale.at(tick)} y={bottom + 15} textAnchor="middle">
                {x.format(tick)}
              </text>
            ))}
            {yTicks.map((tick) => (
              <text key={tick} x={left - 6} y={yScale.at(tick) + 4} textAnchor="end">
                {y?.format(tick)}
              </text>
            ))}
          </g>
          <g fill="var(--faint)">
            {x.label && (
              <text x={right} y={height - 5} textAnchor="end">
                {x.label}
              </text>
            )}
            {y?.label && (
              <text x={4} y={11}>
                {y.label}
              </text>
            )}
          </g>
          {children({ x: xScale, y: yScale, left, right, top, bottom })}
        </svg>
      )}
    </div>
  )
}

const scaleOf = ({ domain, log }: Axis, range: Range): Scale =>
  log ? logScale(domain, range) : linearScale(domain, range)

function ticksOf(axis: Axis, scale: Scale, count: number): number[] {
  const most = Math.max(1, Math.floor(count))
  const { most: largest = Number.POSITIVE_INFINITY } = axis
  if (!axis.whole) return scale.ticks(most).filter((tick) => tick <= largest)
  const [low, high] = [Math.ceil(axis.domain[0]), Math.floor(axis.domain[1])]
  const step = Math.max(1, Math.ceil((high - low + 1) / most))
  return high - low > MOST_WHOLE
    ? scale.ticks(most).filter(Number.isInteger)
    : Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, at) => low + at * step)
}

function yLabelWidth(axis: Axis, height: number): number {
  const ticks = ticksOf(axis, scaleOf(axis, [height, 0]), height / Y_TICK_ROOM)
  return 12 + LETTER * Math.max(2, ...ticks.map((tick) => axis.format(tick).length))
}
