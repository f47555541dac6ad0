import { interpretShell } from './interpret'
import type { ShellSighting } from './machine'
import type { Value } from './stream'
import { ShellTooComplex } from './syntax'
import { looksWindows, windowsSightings } from './windows'

export type { ShellSighting } from './machine'

/** Longest command text that is followed, characters. */
const MOST_CHARACTERS = 1024 * 1024
const MOST_SIGHTINGS = 1000
/** Files and inline programs of one text. */
const MOST_FILES = 100

export interface FollowedShell {
  sightings: ShellSighting[]
  /** Whether all of the text was followed. */
  whole: boolean
  /** Files that are run or sourced and that the text does not write itself. */
  files: string[]
  /** Programs in other languages that stand in the commands. */
  code: { language: 'javascript' | 'python'; text: string; start: number; end: number }[]
}

/**
 * What a command line or shell script does: POSIX shells, PowerShell and cmd.exe. For the texts that
 * other languages hand to a shell as well. A mention in a comment or a string counts for nothing. A
 * text that is too complex to be followed gives what was seen up to there.
 */
export function shellSightings(text: string): ShellSighting[] {
  return followShell(text).sightings
}

/**
 * The same with all that was seen; `dialect` where the name of the file tells it, `before` the files
 * that other commands of the same program left.
 */
export function followShell(
  text: string,
  dialect?: 'windows',
  before?: Map<string, Value>,
): FollowedShell {
  const seen = new Map<string, ShellSighting>()
  const files = new Set<string>()
  const code: FollowedShell['code'] = []
  const see = (sighting: ShellSighting): void => {
    const key = `${sighting.name}\0${sighting.start}\0${sighting.evidence ?? ''}`
    if (seen.size < MOST_SIGHTINGS) seen.set(key, sighting)
  }
  let whole = text.length <= MOST_CHARACTERS
  const read = text.slice(0, MOST_CHARACTERS)
  try {
    if (dialect !== 'windows')
      interpretShell(
        read,
        {
          see,
          file: (path) => files.size < MOST_FILES && files.add(path),
          code(language, inline, { start, end }) {
            if (code.length < MOST_FILES) code.push({ language, text: inline, start, end })
          },
        },
        before,
      )
  } catch (error) {
    if (!(error instanceof ShellTooComplex)) throw error
    whole = false
  }
  if (dialect === 'windows' || looksWindows(read))
    for (const sighting of windowsSightings(read)) see(sighting)
  return { sightings: withoutDoubles([...seen.values()]), whole, files: [...files], code }
}

/** One thing is told once: what a nested reading repeats within the range of another is left out. */
function withoutDoubles(sightings: ShellSighting[]): ShellSighting[] {
  return sightings
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter(
      (one, index, all) =>
        !all
          .slice(Math.max(0, index - 20), index)
          .some(
            (other) => other.name === one.name && other.start <= one.start && other.end >= one.end,
          ),
    )
}
