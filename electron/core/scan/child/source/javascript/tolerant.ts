import type { Sighting } from '../source-text'

/** Calls that are told by their name alone where no tree could be made. */
const CALLS: readonly [Sighting['name'], RegExp][] = [
  ['capability.eval', /(?<![\w$.])(?:eval|Function)\s*\(/g],
  [
    'capability.process',
    /\brequire\s*\(\s*['"](?:node:)?child_process['"]\s*\)|\bfrom\s*['"](?:node:)?child_process['"]|\b(?:execSync|spawnSync|execFileSync)\s*\(/g,
  ],
  ['capability.network', /(?<![\w$.])fetch\s*\(|\bnew\s+(?:WebSocket|XMLHttpRequest)\b/g],
  ['capability.file-write', /\b(?:writeFileSync|appendFileSync|writeFile)\s*\(/g],
]

/** Places of one name that are told; more of the same say nothing new. */
const MOST_OF_ONE = 100

/** What the words of a text show that has no syntax tree. Comments and strings count as well. */
export function tokenSightings(text: string): Sighting[] {
  const sightings: Sighting[] = []
  for (const [name, pattern] of CALLS) {
    let count = 0
    for (const match of text.matchAll(pattern)) {
      if (count++ >= MOST_OF_ONE) break
      sightings.push({ name, start: match.index, end: match.index + match[0].length })
    }
  }
  return sightings
}
