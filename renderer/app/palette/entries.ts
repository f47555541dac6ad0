import { COMMAND_SECTIONS, type CommandSection, describeCommand } from '@shared/commands'
import type { ReportRow } from '@shared/contract/scan'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { commandTitles, runCommand, useAvailableCommands } from '../commands'
import { orpc } from '../rpc'
import { rank, ranked } from './rank'

export interface PaletteEntry {
  id: string
  title: string
  keys: string | undefined
  report: ReportRow | null
  run(): void
}

export interface PaletteGroup {
  section: CommandSection | 'recent' | 'reports'
  items: PaletteEntry[]
}

/** While typing goes on, the host is not asked. */
const DEBOUNCE_MS = 120
const RECENT = 5
const FOUND = 8

/** Groups in the order of their best entry, so that Enter runs the best of all. */
export function usePaletteEntries(query: string): PaletteGroup[] {
  const reports = useReports(query.trim())
  const commands = useCommandGroups(query)
  if (query.trim() === '') return [...commands, ...reports]
  return [...commands, ...reports].sort((a, b) => best(b, query) - best(a, query))
}

const best = (group: PaletteGroup, query: string) =>
  Math.max(...group.items.map((item) => rank(item.title, query)))

/** What belongs to the page in view comes first. */
const ORDER: readonly CommandSection[] = [
  'report',
  ...COMMAND_SECTIONS.filter((section) => section !== 'report'),
]

function useCommandGroups(query: string): PaletteGroup[] {
  const entries = useAvailableCommands()
    .map((id) => ({ id, command: describeCommand(id), title: commandTitles[id] }))
    .filter(({ command }) => !command.keyboardOnly)
  return ORDER.map((section) => ({
    section,
    items: ranked(
      entries.filter(({ command }) => command.section === section),
      ({ title }) => title,
      query,
    ).map(({ id, command, title }) => ({
      id,
      title,
      keys: command.keys?.[0],
      report: null,
      run: () => void runCommand(id),
    })),
  })).filter(({ items }) => items.length > 0)
}

function useReports(query: string): PaletteGroup[] {
  const navigate = useNavigate()
  const [search, setSearch] = useState(query)
  useEffect(() => {
    const timer = setTimeout(() => setSearch(query), DEBOUNCE_MS)
    return () => clearTimeout(timer)
  }, [query])
  const limit = search === '' ? RECENT : FOUND
  const { data } = useQuery(
    orpc.scan.history.queryOptions({
      input: { search: search.slice(0, 200), limit },
      placeholderData: keepPreviousData,
    }),
  )
  if (!data || data.rows.length === 0) return []
  const items = data.rows.map((report) => ({
    id: report.id,
    title: report.name,
    keys: undefined,
    report,
    run: () => void navigate({ to: '/scan/report/$reportId', params: { reportId: report.id } }),
  }))
  return [{ section: search === '' ? 'recent' : 'reports', items }]
}
