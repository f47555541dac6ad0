/** Functions of one model that are kept; PyTorch's exporter writes some hundreds. */
export const MOST_FUNCTIONS = 20_000
/** Different functions that one function calls, and all of them together. */
const MOST_CALLS = 200_000

export interface FunctionEntry {
  name: string
  offset: number
  /** Operators that the body uses, by key, with how often; those that are functions are calls. */
  calls: Map<string, number>
  nodes: number
}

/** Model-local functions (onnx.proto, FunctionProto) and what their bodies call. */
export interface FunctionTable {
  readonly entries: Map<string, FunctionEntry>
  calls: number
}

/** The empty domain is another name of ai.onnx. */
export const functionKey = (domain: string, name: string, overload = ''): string =>
  `${domain === '' ? 'ai.onnx' : domain}::${name}${overload === '' ? '' : `:${overload}`}`

export const createFunctionTable = (): FunctionTable => ({ entries: new Map(), calls: 0 })

/** Adds a node to the body of a function; false when there are too many to follow. */
export function addCall(table: FunctionTable, entry: FunctionEntry, callee: string): boolean {
  entry.nodes++
  const known = entry.calls.get(callee)
  if (known === undefined && ++table.calls > MOST_CALLS) return false
  entry.calls.set(callee, (known ?? 0) + 1)
  return true
}

export interface Expansion {
  /** Functions that call themselves, directly or through others. */
  cycles: string[]
  /** Most nodes that one function becomes when every call is inlined. */
  largest: { name: string; nodes: number }
}

/** Depth first with a stack of its own: a chain of 20 000 functions is no problem. */
export function expandFunctions({ entries }: FunctionTable): Expansion {
  const sizes = new Map<string, number>()
  const open = new Set<string>()
  const cycles: string[] = []
  let largest = { name: '', nodes: 0 }

  for (const root of entries.keys()) {
    const stack: { key: string; callees: string[] }[] = []
    const enter = (key: string) => {
      open.add(key)
      stack.push({ key, callees: [...(entries.get(key)?.calls.keys() ?? [])] })
    }
    if (!sizes.has(root)) enter(root)
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const callee = top.callees.pop()
      if (callee === undefined) {
        stack.pop()
        open.delete(top.key)
        const nodes = sizeOf(top.key)
        sizes.set(top.key, nodes)
        if (nodes > largest.nodes) largest = { name: top.key, nodes }
      } else if (open.has(callee)) {
        if (cycles.length < 100) cycles.push(callee)
      } else if (entries.has(callee) && !sizes.has(callee)) enter(callee)
    }
  }
  return { cycles: [...new Set(cycles)], largest }

  function sizeOf(key: string): number {
    const entry = entries.get(key)
    let nodes = entry?.nodes ?? 0
    // Less one: the call itself is replaced by what it stands for.
    for (const [callee, times] of entry?.calls ?? [])
      nodes += times * Math.max(0, (sizes.get(callee) ?? 1) - 1)
    return nodes
  }
}
