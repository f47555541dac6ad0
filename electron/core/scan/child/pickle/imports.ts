import type { Fact } from '@shared/scan-report/fact'
import type { ParseContext } from '../context'
import { LimitError } from '../context'
import { FRAMEWORK_OF_PACKAGE } from './frameworks'
import { type Role, roleOf } from './roles'

/** Something that unpickling can call: an import, or the result of another call. */
export interface Callee {
  readonly name: string
  /** Empty for results of calls. */
  readonly module: string
  readonly attribute: string
  readonly role: Role | undefined
  calls: number
  /** Calls that led to another name, which is told instead. */
  followed: number
  /** The fact of an import that is only told when not all of its calls were followed. */
  held: Fact | undefined
  /** Where the first call beyond those shown with evidence was. */
  firstUnshown: number
  opcode: string
  /** Whether one of those ran a constructor on arguments. */
  constructs: boolean
}

export interface Origin {
  offset: number
  opcode: string
  /** Found by following getattr, import_module, … instead of an import opcode. */
  resolved?: true
  /** The name in the file, when Python 3 reads it as another one. */
  written?: string
}

/** Different names in one pickle; real files have a few hundred. */
const MOST_NAMES = 100_000

/** Facts hold names of up to 1024 characters. The end stays: it is what is called. */
export const cutName = (name: string): string =>
  name.length > 1000 ? `${name.slice(0, 300)}…${name.slice(-699)}` : name

/** Every name a file imports or calls: one fact for an import, and calls counted by `flush`. */
export class Imports {
  private readonly list: Callee[] = []
  private readonly byKey = new Map<string, number>()
  private readonly results = new Map<string, Callee>()
  private readonly frameworks = new Set<string>()
  private readonly touched = new Set<Callee>()

  at(index: number): Callee {
    return this.list[index] as Callee
  }

  get names(): number {
    return this.list.length
  }

  /** Index of the import; records the fact when the name is new. */
  resolve(context: ParseContext, module: string, attribute: string, origin: Origin): number {
    const key = `${module}\0${attribute}`
    const known = this.byKey.get(key)
    if (known !== undefined) return known
    if (this.list.length >= MOST_NAMES)
      throw new LimitError(`more than ${MOST_NAMES} different names are imported`)
    const name = cutName(attribute === '' ? module : `${module}.${attribute}`)
    const index = this.list.length
    const { offset, opcode } = origin
    const role = roleOf(name)
    const fact: Fact = {
      kind: 'import',
      name,
      location: { offset, opcode },
      detail: {
        module: cutName(module),
        attribute: cutName(attribute),
        opcode,
        ...(origin.resolved ? { resolved: true } : {}),
        ...(origin.written === undefined ? {} : { written: cutName(origin.written) }),
      },
    }
    const held = role === 'getattr' ? fact : undefined
    const callee: Callee = {
      name,
      module,
      attribute,
      role,
      calls: 0,
      followed: 0,
      held,
      firstUnshown: 0,
      opcode,
      constructs: false,
    }
    this.list.push(callee)
    this.byKey.set(key, index)
    if (held === undefined) context.add(fact)
    else this.touch(callee)
    this.noteFramework(context, module, name, offset)
    return index
  }

  /** A callee that is no import, e.g. 'result-of.functools.partial'. */
  result(name: string): Callee {
    const cut = cutName(name)
    let callee = this.results.get(cut)
    if (callee === undefined) {
      if (this.results.size >= MOST_NAMES)
        throw new LimitError(`more than ${MOST_NAMES} different names are called`)
      callee = {
        name: cut,
        module: '',
        attribute: '',
        role: undefined,
        calls: 0,
        followed: 0,
        held: undefined,
        firstUnshown: 0,
        opcode: '',
        constructs: false,
      }
      this.results.set(cut, callee)
    }
    return callee
  }

  /** Has `flush` look at a callee: it was called more often than is shown, or its fact is held. */
  touch(callee: Callee): void {
    this.touched.add(callee)
  }

  /** Adds the calls that were only counted so far. */
  flush(context: ParseContext, shownCalls: number): void {
    for (const callee of this.touched) {
      flushCalls(context, callee, shownCalls)
      if (callee.held === undefined) this.touched.delete(callee)
    }
  }

  private noteFramework(context: ParseContext, module: string, name: string, offset: number): void {
    const packageName = module.split('.', 1)[0] ?? ''
    const framework = FRAMEWORK_OF_PACKAGE.get(packageName)
    if (framework === undefined || this.frameworks.has(framework.name)) return
    this.frameworks.add(framework.name)
    context.add({
      kind: 'framework',
      name: framework.name,
      location: { offset },
      evidence: `imports ${name}`,
      detail: { confidence: framework.confidence },
    })
  }
}

/** Rules look at the tails of dotted attributes, so calls carry them as imports do. */
export function callDetail(
  callee: Callee,
  resolved: boolean,
  constructs: boolean,
): Pick<Fact, 'detail'> {
  const { module, attribute } = callee
  const dotted = attribute.includes('.')
  if (!dotted && !resolved && !constructs) return {}
  return {
    detail: {
      ...(dotted ? { module: cutName(module), attribute: cutName(attribute) } : {}),
      ...(resolved ? { resolved } : {}),
      ...(constructs ? { constructs } : {}),
    },
  }
}

function flushCalls(context: ParseContext, callee: Callee, shown: number): void {
  if (callee.held !== undefined && (callee.calls > 0 || callee.followed === 0)) {
    context.add(callee.held)
    callee.held = undefined
  }
  const rest = callee.calls - shown
  if (rest <= 0) return
  callee.calls = shown
  context.add({
    kind: 'call',
    name: callee.name,
    location: { offset: callee.firstUnshown, opcode: callee.opcode },
    count: rest,
    ...callDetail(callee, false, callee.constructs),
  })
}
