/**
 * Patterns of rule packs over dotted names. A segment is a literal, `*` (exactly one segment), `**`
 * (any number of segments, also none), `(A|B)` (one of these), `<Class>` (one segment that starts
 * with a capital letter, perhaps after underscores) or `<OwnClass>` (such a segment that repeats the
 * name of the module it stands in: 'modeling_gpt2.GPT2Model').
 */
export interface PatternIndex<T> {
  exact: Map<string, T[]>
  /** Wildcard patterns by their first literal segment; '' holds those that start with a wildcard. */
  wild: Map<string, { matches: (name: string) => boolean; value: T }[]>
}

export function indexPatterns<T>(
  entries: Iterable<readonly [pattern: string, value: T]>,
): PatternIndex<T> {
  const index: PatternIndex<T> = { exact: new Map(), wild: new Map() }
  for (const [pattern, value] of entries) {
    if (isLiteral(pattern)) push(index.exact, pattern, value)
    else push(index.wild, firstLiteral(pattern), { matches: matcher(pattern), value })
  }
  return index
}

/** Values of all patterns that match `name`, exact ones first. */
export function lookUp<T>(index: PatternIndex<T>, name: string): T[] {
  const dot = name.indexOf('.')
  const first = dot === -1 ? name : name.slice(0, dot)
  const wild = [...(index.wild.get(first) ?? []), ...(index.wild.get('') ?? [])]
  return [
    ...(index.exact.get(name) ?? []),
    ...wild.filter((entry) => entry.matches(name)).map((entry) => entry.value),
  ]
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

const WILDCARDS = new Set(['*', '**', '<Class>', '<OwnClass>'])

const isWild = (segment: string): boolean => WILDCARDS.has(segment) || isChoice(segment)
const isChoice = (segment: string): boolean => /^\(.*\)$/.test(segment)
const choicesOf = (segment: string): string[] => segment.slice(1, -1).split('|')

const isLiteral = (pattern: string): boolean => !pattern.split('.').some(isWild)

function firstLiteral(pattern: string): string {
  const first = pattern.split('.', 1)[0] ?? ''
  return isWild(first) ? '' : first
}

/** Compiled when it is first asked: of a thousand patterns a scan needs a few. */
function matcher(pattern: string): (name: string) => boolean {
  let compiled: ((name: string) => boolean) | undefined
  return (name) => {
    compiled ??= compile(pattern)
    return compiled(name)
  }
}

/** Long choices stand last, so they are looked up and not tried one after the other. */
function compile(pattern: string): (name: string) => boolean {
  const last = pattern.slice(pattern.lastIndexOf('.') + 1)
  if (last !== '<OwnClass>' && !isChoice(last)) {
    const whole = toRegExp(pattern)
    return (name) => whole.test(name)
  }
  const module = toRegExp(pattern.slice(0, Math.max(0, pattern.length - last.length - 1)))
  const choices = new Set(isChoice(last) ? choicesOf(last) : [])
  return (name) => {
    const dot = name.lastIndexOf('.')
    const [before, tail] = [name.slice(0, Math.max(0, dot)), name.slice(dot + 1)]
    const fits = last === '<OwnClass>' ? isOwnClass(before, tail) : choices.has(tail)
    return fits && module.test(before)
  }
}

/** 'GPT2Model' in 'modeling_gpt2': what stands behind the first underscore begins the class. */
function isOwnClass(module: string, name: string): boolean {
  const own = module.slice(module.lastIndexOf('.') + 1).replace(/^[a-z]+_(?=.)/, '')
  const stem = own.replaceAll('_', '')
  return (
    stem !== '' && /^_*[A-Z]/.test(name) && name.replace(/^_+/, '').toLowerCase().startsWith(stem)
  )
}

/** Linear-time by construction: segments never contain dots, so no nested quantifier can backtrack far. */
function toRegExp(pattern: string): RegExp {
  const segments = pattern.split('.')
  let source = ''
  segments.forEach((segment, position) => {
    const dot = position === 0 ? '' : '\\.'
    if (segment === '**') source += position === 0 ? '(?:[^.]+\\.)*?(?:[^.]+)?' : '(?:\\.[^.]+)*'
    else if (segment === '*') source += `${dot}[^.]+`
    else if (segment === '<Class>' || segment === '<OwnClass>') source += `${dot}_*[A-Z][^.]*`
    else if (isChoice(segment)) source += `${dot}(?:${choicesOf(segment).map(escaped).join('|')})`
    else source += dot + escaped(segment)
  })
  return new RegExp(`^${source}$`, 'u')
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
