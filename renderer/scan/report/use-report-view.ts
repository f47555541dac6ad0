import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import { parseReportSearch, type ReportSearch } from './report-search'

/** Long enough that a held J writes the address once, when it comes to rest. */
const WRITE_AFTER_MS = 200

/**
 * What is shown of a report: the state is here, and the address follows it. Browsers refuse more
 * than some 200 address changes in 10 s, and each costs a render of the route, so a key press must
 * not cause one.
 */
export function useReportView() {
  const navigate = useNavigate()
  const search: Record<string, unknown> = useSearch({ strict: false })
  const [view, setView] = useState(() => parseReportSearch(search))
  const written = useRef(JSON.stringify(view))

  const address = JSON.stringify(parseReportSearch(search))
  useEffect(() => {
    // Somebody else changed the address: a link, the palette, the back button.
    if (address === written.current) return
    written.current = address
    setView(parseReportSearch(JSON.parse(address)))
  }, [address])

  useEffect(() => {
    const wanted = JSON.stringify(view)
    if (wanted === written.current) return
    const timer = setTimeout(() => {
      written.current = wanted
      void navigate({ to: '.', search: { ...view }, replace: true })
    }, WRITE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [view, navigate])

  const change = useCallback(
    (part: { [K in keyof ReportSearch]: ReportSearch[K] | undefined }) =>
      setView((before) => parseReportSearch({ ...before, ...part })),
    [],
  )
  return [view, change] as const
}

export type ChangeView = ReturnType<typeof useReportView>[1]
