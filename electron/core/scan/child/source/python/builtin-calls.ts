import { type Builtin, first, MOST_ITEMS } from './builtin'
import { getAttribute } from './builtin-names'
import { foldBinary } from './fold-operator'
import { taintsOfArguments } from './function'
import { itemsOf, someItem } from './items'
import type { Machine } from './machine'
import { NO_ARGUMENTS } from './machine'
import { checkReduced } from './reduce'
import { itemOf } from './subscript'
import type { Node } from './tree'
import {
  type Arguments,
  dataValue,
  HOLE,
  listValue,
  type Taint,
  taintsOf,
  textOf,
  textValue,
  UNKNOWN,
  unionTaints,
  unknownWith,
  type Value,
} from './value'

/** Calls a function with items of a list, as map and filter do. */
function callWithEach(machine: Machine, fn: Value, lists: readonly Value[], node: Node): Value {
  const columns = lists.map((list) => itemsOf(list))
  const length = Math.min(...columns.map((column) => column?.length ?? 1), MOST_ITEMS)
  const isKnown = columns.every((column) => column !== undefined)
  const items: Value[] = []
  for (let row = 0; row < length && (row === 0 || machine.spend(20)); row++)
    items.push(
      machine.call(
        fn,
        {
          plain: lists.map((list, at) =>
            isKnown ? (columns[at]?.[row] ?? UNKNOWN) : someItem(list),
          ),
          named: NO_ARGUMENTS.named,
        },
        node,
      ),
    )
  const taints = lists.reduce<readonly Taint[]>((all, list) => unionTaints(all, list.taints), [])
  return isKnown && items.length === length
    ? { ...listValue(items, true), taints }
    : dataValue({ kind: 'list', items: items.slice(0, 1) }, taints)
}

function reduce(machine: Machine, given: Arguments, node: Node): Value {
  const [fn = UNKNOWN, list = UNKNOWN, start] = given.plain
  const items = itemsOf(list)
  if (items === undefined)
    return machine.call(
      fn,
      { plain: [start ?? UNKNOWN, someItem(list)], named: NO_ARGUMENTS.named },
      node,
    )
  let value = start
  for (const item of items)
    value =
      value === undefined
        ? item
        : machine.spend(10)
          ? machine.call(fn, { plain: [value, item], named: NO_ARGUMENTS.named }, node)
          : value
  return value ?? UNKNOWN
}

export function partial(machine: Machine, given: Arguments): Value {
  const [fn = UNKNOWN, ...bound] = given.plain
  return dataValue({
    kind: 'native',
    apply: (more, node) =>
      machine.call(
        fn,
        { plain: [...bound, ...more.plain], named: new Map([...given.named, ...more.named]) },
        node,
      ),
  })
}

/** Starts a function later or elsewhere: Thread(target=f, args=(…)), submit(f, …), register(f). */
function callLater(machine: Machine, given: Arguments, node: Node): undefined {
  const named = given.named.get('target') ?? given.named.get('function')
  const rest = given.named.get('args')
  const [fn, ...plain] =
    named === undefined ? given.plain : [named, ...(rest?.kind === 'list' ? rest.items : [])]
  if (fn !== undefined && /^(function|native|ref|method)$/.test(fn.kind))
    machine.call(
      fn,
      {
        plain: named === undefined && rest?.kind === 'list' ? rest.items : plain,
        named: NO_ARGUMENTS.named,
      },
      node,
    )
}

/** What calls a function later, and how many arguments stand in front of it. */
const LATER: readonly (readonly [string, number])[] = [
  ['weakref.finalize', 1],
  ['asyncio.get_event_loop().call_later', 1],
  ['asyncio.get_event_loop().call_soon', 0],
  ['asyncio.get_event_loop().run_in_executor', 1],
  ['asyncio.get_running_loop().run_in_executor', 1],
  ['asyncio.new_event_loop().run_in_executor', 1],
  ['sched.scheduler().enter', 2],
  ['contextlib.ExitStack().callback', 0],
  ['schedule.every().do', 0],
  ['tkinter.Tk().after', 1],
  ['_thread.start_new_thread', 0],
  ['threading.setprofile', 0],
  ['threading.settrace', 0],
  ['sys.setprofile', 0],
  ['sys.addaudithook', 0],
  ['builtins.__build_class__', 0],
  ['contextvars.copy_context().run', 0],
  ['gevent.spawn', 0],
  ['eventlet.spawn', 0],
  ['torch.multiprocessing.spawn', 0],
  ['multiprocessing.Pool().apply', 0],
  ['multiprocessing.pool.ThreadPool().apply_async', 0],
]

/** Names of all of them. */
export const KEPT_LATER: ReadonlySet<string> = new Set([
  ...LATER.map(([name]) => name),
  'threading.Thread',
  'threading.Timer',
  'multiprocessing.Process',
  'atexit.register',
  'signal.signal',
  'functools.partial',
  'functools.reduce',
  'operator.call',
  'concurrent.futures.ThreadPoolExecutor().submit',
  'concurrent.futures.ProcessPoolExecutor().submit',
  'concurrent.futures.ThreadPoolExecutor().map',
  'multiprocessing.Pool().map',
  'multiprocessing.Pool().apply_async',
  'asyncio.to_thread',
  'sys.settrace',
])

/** Functions that call what they are given. */
export const CALLS: readonly (readonly [string, Builtin])[] = [
  ['builtins.map', (m, g, node) => callWithEach(m, first(g), g.plain.slice(1), node)],
  [
    'itertools.starmap',
    (m, g, node) => {
      const item = someItem(g.plain[1] ?? UNKNOWN)
      return m.call(
        first(g),
        { plain: item.kind === 'list' ? item.items : [item], named: NO_ARGUMENTS.named },
        node,
      )
    },
  ],
  [
    'builtins.filter',
    (m, g, node) => {
      callWithEach(m, first(g), g.plain.slice(1), node)
      return g.plain[1] ?? UNKNOWN
    },
  ],
  [
    'itertools.accumulate',
    (m, g, node) =>
      m.call(
        g.plain[1] ?? UNKNOWN,
        { plain: [someItem(first(g)), someItem(first(g))], named: NO_ARGUMENTS.named },
        node,
      ),
  ],
  ['functools.reduce', (m, g, node) => reduce(m, g, node)],
  ['builtins.reduce', (m, g, node) => reduce(m, g, node)],
  ['functools.partial', (m, g) => partial(m, g)],
  [
    'builtins.apply',
    (m, g, node) =>
      m.call(
        first(g),
        {
          plain: g.plain[1]?.kind === 'list' ? g.plain[1].items : [UNKNOWN],
          named: NO_ARGUMENTS.named,
        },
        node,
      ),
  ],
  [
    'operator.call',
    (m, g, node) => m.call(first(g), { plain: g.plain.slice(1), named: g.named }, node),
  ],
  [
    'operator.attrgetter',
    (m, g) =>
      dataValue({
        kind: 'native',
        apply: (more, node) => getAttribute(m, first(more), first(g), node, true),
      }),
  ],
  [
    'operator.itemgetter',
    (m, g) =>
      dataValue({
        kind: 'native',
        apply: (more, node) => itemOf(m, first(more), first(g), node, m.namesAt()),
      }),
  ],
  [
    'operator.methodcaller',
    (m, g) =>
      dataValue({
        kind: 'native',
        apply: (more, node) =>
          m.call(
            getAttribute(m, first(more), first(g), node, true),
            { plain: g.plain.slice(1), named: g.named },
            node,
          ),
      }),
  ],
  ['operator.concat', (_, g) => foldBinary('+', first(g), g.plain[1] ?? UNKNOWN)],
  ['operator.add', (_, g) => foldBinary('+', first(g), g.plain[1] ?? UNKNOWN)],
  ['operator.xor', (_, g) => foldBinary('^', first(g), g.plain[1] ?? UNKNOWN)],
  [
    'operator.getitem',
    (m, g, node) => itemOf(m, first(g), g.plain[1] ?? UNKNOWN, node, m.namesAt()),
  ],
  ['builtins.next', (_, g) => someItem(first(g))],
  [
    'builtins.sorted',
    (m, g, node) => {
      const key = g.named.get('key')
      if (key !== undefined)
        m.call(key, { plain: [someItem(first(g))], named: NO_ARGUMENTS.named }, node)
      return unknownWith(taintsOf(first(g)))
    },
  ],
  [
    'builtins.max',
    (m, g, node) => {
      const key = g.named.get('key')
      if (key !== undefined)
        m.call(key, { plain: [someItem(first(g))], named: NO_ARGUMENTS.named }, node)
      return unknownWith(taintsOfArguments(g))
    },
  ],
  ...LATER.map(([name, skip]): readonly [string, Builtin] => [
    name,
    (m, g, node) => callLater(m, { plain: g.plain.slice(skip), named: g.named }, node),
  ]),
  [
    'copyreg.pickle',
    (m, g, node) => {
      const reduced = m.call(g.plain[1] ?? UNKNOWN, { plain: [UNKNOWN], named: new Map() }, node)
      checkReduced(m, reduced, node)
      return UNKNOWN
    },
  ],
  ['threading.Thread', callLater],
  [
    'threading.Timer',
    (m, g, node) => callLater(m, { plain: g.plain.slice(1), named: g.named }, node),
  ],
  ['multiprocessing.Process', callLater],
  ['atexit.register', callLater],
  ['asyncio.run', (_, g) => first(g)],
  [
    'signal.signal',
    (m, g, node) => callLater(m, { plain: g.plain.slice(1), named: g.named }, node),
  ],
  ['concurrent.futures.ThreadPoolExecutor().submit', callLater],
  ['concurrent.futures.ProcessPoolExecutor().submit', callLater],
  [
    'concurrent.futures.ThreadPoolExecutor().map',
    (m, g, node) => callWithEach(m, first(g), g.plain.slice(1), node),
  ],
  ['multiprocessing.Pool().map', (m, g, node) => callWithEach(m, first(g), g.plain.slice(1), node)],
  ['multiprocessing.Pool().apply_async', callLater],
  ['threading.Thread().start', () => UNKNOWN],
  ['asyncio.to_thread', callLater],
  ['sys.settrace', callLater],
  [
    're.sub',
    (m, g, node) => {
      const [, by = UNKNOWN, on = UNKNOWN] = g.plain
      if (by.kind === 'function' || by.kind === 'native')
        m.call(by, { plain: [unknownWith(taintsOf(on))], named: NO_ARGUMENTS.named }, node)
      return textOf(on) === undefined
        ? unknownWith(taintsOf(on))
        : textValue('partial', HOLE, taintsOf(on))
    },
  ],
]
