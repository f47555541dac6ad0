import { readBytes } from '../byte-source'
import { COMPLETE, inconclusive, type Parser } from '../context'
import { objectsOf, readJsonTree, textAt } from './json-tree'

const MOST_BYTES = 64 * 1024 * 1024

/**
 * schema.json of a skops archive (skops/io): a tree of nodes that name module and class of what is
 * built. Each is an import like those of a pickle, and judged by the same rules. Nodes that call a
 * function (FunctionNode, MethodNode, …) only fetch it.
 */
export const parseSkopsSchema: Parser = (source, context) => {
  if (source.size > MOST_BYTES) return inconclusive(`Its schema has more than ${MOST_BYTES} bytes.`)
  const document = readJsonTree(readBytes(source, 0, source.size), () => context.checkpoint())
  if (document === undefined || document.end < source.size)
    return inconclusive('Its schema is not JSON.')
  const seen = new Set<string>()
  for (const node of objectsOf(document.value)) {
    context.checkpoint()
    const module = textAt(node, '__module__')
    const name = textAt(node, '__class__')
    if (module === undefined || name === undefined) continue
    const loader = textAt(node, '__loader__') ?? 'ObjectNode'
    const full = `${module}.${name}`.slice(0, 1000)
    if (seen.has(full)) continue
    seen.add(full)
    context.add({
      kind: 'import',
      name: full,
      location: {},
      evidence: `${loader} ${full}`.slice(0, 500),
      detail: { module: module.slice(0, 500), attribute: name.slice(0, 500), loader },
    })
  }
  return COMPLETE
}
