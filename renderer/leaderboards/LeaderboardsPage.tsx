import { PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { text as benchmark } from '@renderer/benchmark/messages'
import { Button } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { Choices } from '@renderer/ui/Choices'
import { EmptyState } from '@renderer/ui/EmptyState'
import { lazyComponent } from '@renderer/ui/lazy-component'
import { Select } from '@renderer/ui/Select'
import type { Board } from '@shared/backend/results'
import { CATEGORIES } from '@shared/backend/words'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { SearchX, Trophy } from 'lucide-react'
import { useId } from 'react'
import { text as shared } from '../listings/shown/messages'
import { Unanswered } from '../listings/shown/Unanswered'
import { BoardTable } from './BoardTable'
import { type BoardsSearch, keyOf, PARTS, parseBoardsSearch } from './boards-search'
import { text } from './messages'

const MyResults = lazyComponent(async () => (await import('./MyResults')).MyResults)
const Disputes = lazyComponent(async () => (await import('./Disputes')).Disputes)

const boardName = ({ suiteId, suiteVersion, scenario, threads }: Board): string =>
  text.boardOf(
    benchmark.suiteVersion(suiteId, suiteVersion),
    benchmark.scenarios[scenario],
    benchmark.threads(threads),
  )

/** Boards of published results: category, suite version, scenario, threads, class of machine. */
export function LeaderboardsPage() {
  const navigate = useNavigate()
  const label = useId()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const search = parseBoardsSearch(address)
  const { part = 'boards' } = search
  const show = (next: BoardsSearch) =>
    void navigate({
      to: '/leaderboards',
      search: { ...parseBoardsSearch({ ...next }) },
      replace: true,
    })
  return (
    <div className="flex h-full min-h-[400px] flex-col gap-4 p-4">
      <PageHeader
        title={text.title}
        facts={
          <>
            <span id={label} hidden>
              {text.part}
            </span>
            <Choices
              labelledBy={label}
              value={part}
              options={PARTS.map((value) => ({ value, label: text.parts[value] }))}
              onChange={(value) => show({ ...search, part: value })}
            />
            <span className="truncate text-muted">{text.intro}</span>
          </>
        }
      />
      {part === 'mine' ? (
        <MyResults />
      ) : part === 'disputes' ? (
        <Disputes />
      ) : (
        <Boards search={search} onShow={show} />
      )}
    </div>
  )
}

interface BoardsProps {
  search: BoardsSearch
  onShow: (search: BoardsSearch) => void
}

function Boards({ search, onShow }: BoardsProps) {
  const query = useQuery(orpc.listings.boards.queryOptions())
  if (!query.data)
    return (
      <Card>
        <Unanswered query={query} rows={8} />
      </Card>
    )
  const all = query.data.rows
  const offered = all.filter(({ category }) => !search.category || category === search.category)
  const board = offered.find((one) => keyOf(one) === search.board) ?? offered[0]
  if (all.length === 0)
    return (
      <Card>
        <EmptyState
          icon={<Trophy aria-hidden="true" />}
          title={text.empty.title}
          body={text.empty.body}
        />
      </Card>
    )
  const { board: _, hardware: __, ...rest } = search
  const hardware = board?.hardwareClasses.find((one) => one === search.hardware) ?? null
  const filters = (
    <>
      <Select
        label={text.category}
        value={search.category ?? 'any'}
        options={[
          { value: 'any', label: text.anyCategory },
          ...CATEGORIES.filter((one) => all.some(({ category }) => category === one)).map(
            (value) => ({ value, label: shared.categories[value] }),
          ),
        ]}
        onChange={(value) => {
          const { category: ___, ...others } = rest
          onShow(value === 'any' ? others : { ...others, category: value })
        }}
      />
      {board && (
        <>
          <Select
            label={text.board}
            className="max-w-64"
            value={keyOf(board)}
            options={offered.map((one) => ({
              value: keyOf(one),
              label: boardName(one),
              data: true,
            }))}
            onChange={(value) => onShow({ ...rest, board: value })}
          />
          <Select
            label={text.hardware}
            className="max-w-58"
            value={hardware ?? ''}
            options={[
              { value: '', label: text.anyHardware },
              ...board.hardwareClasses.map((value) => ({ value, label: value, data: true })),
            ]}
            onChange={(value) => onShow({ ...rest, board: keyOf(board), hardware: value })}
          />
        </>
      )}
    </>
  )
  if (board)
    return (
      <BoardTable
        key={`${keyOf(board)} ${hardware}`}
        board={board}
        hardware={hardware}
        name={boardName(board)}
        filters={filters}
      />
    )
  return (
    <Card>
      <div className="flex flex-wrap items-center gap-2 border-line border-b p-2">{filters}</div>
      <EmptyState
        icon={<SearchX aria-hidden="true" />}
        title={text.noBoard.title}
        body={text.noBoard.body}
        action={<Button onClick={() => onShow({})}>{text.noBoard.action}</Button>}
      />
    </Card>
  )
}
