import type { EvidenceStep, Fact } from './fact'
import { createFinder } from './find-file'
import type { Finding, Severity } from './report'
import { SEVERITIES } from './scales'

export interface HookedFile {
  /** Relative to the root, '/' on every platform. */
  path: string
  facts: readonly Fact[]
  findings: readonly Finding[]
}

/** A script that starts a script that starts a script. */
const DEEPEST = 8
/** Joined facts of one file. */
const MOST_JOINS = 50
interface Start {
  fact: Fact
  /** As the file writes it; relative to the file's folder. */
  target: string
  kind: 'hook' | 'remote-code'
}

/** A start whose file is there. */
type Link = Start & { next: HookedFile }

/** What is found on the way from a file, and how it leads there. */
interface Found {
  finding: Finding
  path: string
  before: readonly EvidenceStep[]
}

/** Starts that are looked up before the next pause: about a millisecond. */
const PIECE = 64

/**
 * New facts of the files whose hooks start code with findings: by path, all facts of the file. The
 * evidence path leads from the hook to the finding, across files.
 */
export function* joinHooks(
  files: readonly HookedFile[],
): Generator<undefined, Map<string, Fact[]>> {
  const find = createFinder(files)
  const links = new Map<HookedFile, Link[]>()
  let since = 0
  for (const file of files) {
    const own: Link[] = []
    for (const start of [...startsOf(file), ...importsOf(file)]) {
      if (++since % PIECE === 0) yield
      const next = find(file, start.target)
      if (next !== undefined) own.push({ ...start, next })
    }
    if (own.length > 0) links.set(file, own)
  }
  const found = yield* worstBehind(links)
  const changed = new Map<string, Fact[]>()
  for (const [file, own] of links) {
    yield
    const joined: Fact[] = []
    for (const link of own) {
      if (joined.length === MOST_JOINS) break
      if (link.fact.name === 'imports.file' && !RUNS_ITSELF.test(file.path)) continue
      const worst = (found.get(link.next) ?? []).find(({ path }) => path !== file.path)
      if (worst === undefined) continue
      const steps = [stepAt('source', label(link), link.fact), ...worst.before]
      joined.push(joinedFact(file, link, { ...worst, steps }))
    }
    if (joined.length > 0)
      changed.set(file.path, [...file.facts.filter((fact) => !isJoined(fact)), ...joined])
  }
  return changed
}

/**
 * The two worst findings, of two files, that a file or what it starts has: one of them is not in
 * whichever file asks. Level by level, so that it costs the links there are and not all ways
 * through them, of which a hostile delivery can have any number.
 */
function* worstBehind(
  links: ReadonlyMap<HookedFile, readonly Link[]>,
): Generator<undefined, Map<HookedFile, Found[]>> {
  const nexts = new Map<HookedFile, Map<HookedFile, Link>>()
  const own = new Map<HookedFile, Found[]>()
  for (const [file, all] of links) {
    yield
    // The last with a key wins, so the first link to a file comes last.
    nexts.set(file, new Map(all.toReversed().map((link) => [link.next, link])))
    for (const one of [file, ...(nexts.get(file)?.keys() ?? [])])
      if (!own.has(one)) own.set(one, ownFound(one))
  }
  let found = own
  for (let level = 0; level < DEEPEST; level++) {
    const further = new Map(found)
    for (const [file, some] of nexts) {
      yield
      const best = [...(own.get(file) ?? [])]
      for (const [next, { fact }] of some)
        for (const one of found.get(next) ?? []) offer(best, one, fact, file.path)
      further.set(file, best)
    }
    found = further
  }
  return found
}

function ownFound({ path, findings }: HookedFile): Found[] {
  let worst: Finding | undefined
  for (const one of findings)
    if (isAlarm(one) && (worst === undefined || rank(one.severity) < rank(worst.severity)))
      worst = one
  return worst === undefined ? [] : [{ finding: worst, path, before: [] }]
}

/** Takes it among the two worst, unless they are as bad: what is nearer is shown. */
function offer(best: Found[], one: Found, fact: Fact, from: string): void {
  if (best.some(({ path }) => path === one.path)) return
  const place = best.findIndex(({ finding }) => rank(one.finding.severity) < rank(finding.severity))
  if (place === -1 && best.length === 2) return
  const before = [stepAt('step', 'starts', fact, from), ...one.before]
  best.splice(place === -1 ? best.length : place, 0, { ...one, before })
  best.length = Math.min(best.length, 2)
}

/** Everything a file starts: hooks, what scripts run, the modules of auto_map. */
function startsOf({ facts }: HookedFile): Start[] {
  const starts: Start[] = []
  for (const fact of facts) {
    const target = fact.detail?.target
    if (isJoined(fact)) continue
    const isStart = fact.kind === 'hook' || (fact.kind === 'content' && fact.name === 'starts.file')
    if (isStart && typeof target === 'string') starts.push({ fact, target, kind: 'hook' })
    if (fact.kind === 'content' && fact.name === 'remote-code.auto-map') {
      // 'auto_map.AutoModel: modeling_x.XModel'; 'owner/repo--module.Class' is in another repository.
      const module = /:\s*([\w./-]+)\.\w+$/.exec(fact.evidence ?? '')?.[1]
      if (module !== undefined && !module.includes('--'))
        starts.push({ fact, target: `${module.replaceAll('.', '/')}.py`, kind: 'remote-code' })
    }
  }
  return starts
}

/** What a file imports runs when the file does; alone it starts nothing. */
function importsOf({ facts }: HookedFile): Start[] {
  return facts.flatMap((fact): Start[] =>
    fact.kind === 'content' &&
    fact.name === 'imports.file' &&
    typeof fact.detail?.target === 'string'
      ? [{ fact, target: fact.detail.target, kind: 'hook' }]
      : [],
  )
}

/** Files that run by themselves under their own name: at an installation, or whenever Python starts. */
const RUNS_ITSELF = /(^|\/)(setup|conftest|sitecustomize|usercustomize)\.py$|\.pth$/

function joinedFact(
  file: HookedFile,
  { fact, kind }: Start,
  { finding, path, steps }: { finding: Finding; path: string; steps: EvidenceStep[] },
): Fact {
  const isHarmful = rank(finding.severity) <= rank('high')
  const name = kind === 'remote-code' ? 'remote-code' : isHarmful ? 'malicious' : 'suspicious'
  const own = finding.path ?? []
  const inFile: EvidenceStep[] =
    own.length > 0
      ? own.map((step) => ({
          ...step,
          role: step.role === 'source' ? 'step' : step.role,
          file: step.file ?? path,
        }))
      : [
          {
            role: 'sink',
            label: finding.title.slice(0, 200),
            text: finding.evidence.slice(0, 240),
            line: finding.location.line ?? 1,
            column: finding.location.column ?? 1,
            file: path,
          },
        ]
  return {
    kind: 'hook',
    name: `hook.joined.${name}`,
    location: fact.location,
    evidence: `${fact.evidence ?? fact.name} starts ${path}: ${finding.title}`.slice(0, 1000),
    ...(fact.frame !== undefined && { frame: fact.frame }),
    path: [...steps, ...inFile].slice(0, 12),
    detail: { target: path, rule: finding.ruleId, hook: fact.name, file: file.path },
  }
}

function stepAt(role: EvidenceStep['role'], what: string, fact: Fact, file?: string): EvidenceStep {
  return {
    role,
    label: what,
    text: (fact.evidence ?? fact.name).slice(0, 240),
    line: fact.location.line ?? 1,
    column: fact.location.column ?? 1,
    ...(file !== undefined && { file: file.slice(0, 1024) }),
  }
}

const label = ({ fact, kind }: Start): string =>
  kind === 'remote-code'
    ? 'is imported with trust_remote_code'
    : fact.name === 'imports.file'
      ? 'is imported by a file that runs by itself'
      : `runs by itself (${fact.name.replace(/^hook\./, '').slice(0, 100)})`

/** Of an earlier join: a scan that was paused at its end joins again. */
const isJoined = ({ kind, name }: Fact): boolean =>
  kind === 'hook' && name.startsWith('hook.joined.')

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity)
/** Joined facts are left out: a hook that starts a hook is followed to the code itself. */
const isAlarm = ({ severity, ruleId }: Finding): boolean =>
  rank(severity) <= rank('medium') && !ruleId.startsWith('config.joined')
