import { useCallback, useRef, useState } from 'react'
import { rememberedWidths, rememberWidths, type Widths } from './widths'

/** The widths of a table's columns, kept on this computer under the table's name. */
export function useColumnWidths(table: string | undefined) {
  const [widths, setWidths] = useState<Widths>(() =>
    table === undefined ? {} : rememberedWidths(table),
  )
  const latest = useRef(widths)
  const setWidth = useCallback((column: string, px: number | null) => {
    const { [column]: _, ...rest } = latest.current
    latest.current = px === null ? rest : { ...rest, [column]: px }
    setWidths(latest.current)
  }, [])
  const remember = useCallback(() => {
    if (table !== undefined) rememberWidths(table, latest.current)
  }, [table])
  return { widths, setWidth, remember }
}
