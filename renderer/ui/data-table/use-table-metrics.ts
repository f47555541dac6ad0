import { useStore } from '@renderer/app/store'
import { appearance } from '@renderer/app/theme'
import { type RefObject, useLayoutEffect, useState } from 'react'

/** px; the tokens of styles.css, which the virtualizer needs as numbers. */
const ROW_HEIGHT = { compact: 28, normal: 32, roomy: 40 }

export const useRowHeight = (): number => ROW_HEIGHT[useStore(appearance).density]

/** Inner width of an element in px; 0 before it is laid out. */
export function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    setWidth(element.clientWidth)
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return width
}
