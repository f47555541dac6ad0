import type { Board } from '@shared/backend/results'
import { CATEGORIES } from '@shared/backend/words'

export const PARTS = ['boards', 'mine', 'disputes'] as const
export type Part = (typeof PARTS)[number]

export interface BoardsSearch {
  part?: Part
  category?: Board['category']
  /** Key of a board (`keyOf`). */
  board?: string
  hardware?: string
}

const filled = (value: unknown): value is string => typeof value === 'string' && value !== ''

export function parseBoardsSearch(search: Record<string, unknown>): BoardsSearch {
  const part = PARTS.find((known) => known === search.part)
  const category = CATEGORIES.find((known) => known === search.category)
  return {
    ...(part && part !== 'boards' && { part }),
    ...(category && { category }),
    ...(filled(search.board) && { board: search.board.slice(0, 300) }),
    ...(filled(search.hardware) && { hardware: search.hardware.slice(0, 200) }),
  }
}

/** Names what may be ranked together. */
export const keyOf = ({ suiteId, suiteVersion, scenario, threads }: Board): string =>
  [suiteId, suiteVersion, scenario, threads].join(' ')
