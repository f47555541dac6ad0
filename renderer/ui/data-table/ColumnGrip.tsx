import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { text } from './messages'
import { clampWidth, LEAST_WIDTH, MOST_WIDTH, WIDTH_STEP } from './widths'

interface ColumnGripProps {
  header: string
  /** px as laid out, to start from. */
  width: number
  onWidth: (px: number | null) => void
  /** The pointer was let go, or a key pressed: worth remembering. */
  onSettled: () => void
}

/** The right edge of a header cell: dragged, or moved with the arrow keys; null resets the width. */
export function ColumnGrip({ header, width, onWidth, onSettled }: ColumnGripProps) {
  const drag = useRef<{ x: number; width: number } | null>(null)
  const reset = () => {
    onWidth(null)
    onSettled()
  }
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const laidOut = event.currentTarget.parentElement?.getBoundingClientRect().width
    drag.current = { x: event.clientX, width: laidOut ?? width }
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (drag.current === null) return
    onWidth(clampWidth(drag.current.width + event.clientX - drag.current.x))
  }
  const onPointerUp = () => {
    if (drag.current === null) return
    drag.current = null
    onSettled()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const direction = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (direction === undefined && event.key !== 'Enter') return
    event.preventDefault()
    event.stopPropagation()
    if (direction === undefined) return reset()
    onWidth(clampWidth(width + direction * WIDTH_STEP * (event.shiftKey ? 4 : 1)))
    onSettled()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is a splitter, which <hr> is not
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={text.width(header)}
      aria-valuenow={Math.round(width)}
      aria-valuemin={LEAST_WIDTH}
      aria-valuemax={MOST_WIDTH}
      title={text.widthHint}
      tabIndex={0}
      className="absolute inset-y-1.5 -right-1 z-10 w-2 cursor-col-resize touch-none rounded-chip border-x-[3px] border-transparent bg-clip-padding group-hover/header:bg-line hover:bg-line-strong! focus-visible:bg-accent!"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onDoubleClick={reset}
      onKeyDown={onKeyDown}
    />
  )
}
