import type * as acorn from 'acorn'
import { joinPath, modulePath } from './globals'
import type { Machine } from './machine'
import { memberOf } from './member'
import { declare, type Scope } from './scope'
import { pathSource } from './sources'
import { pathValue, UNKNOWN, type Value } from './value'
import { foreignCode } from './wasm'

/** Names that `import … from 'x'` brings in. */
export function importDeclaration(m: Machine, node: acorn.ImportDeclaration, scope: Scope): void {
  const source = String(node.source.value)
  const foreign = foreignCode(source)
  if (foreign !== undefined) m.see('threat.dependency-source', node)
  const path = modulePath(source)
  const delivered = m.delivery.load(m, source, node)
  for (const part of node.specifiers) {
    const imported =
      part.type === 'ImportSpecifier'
        ? part.imported.type === 'Identifier'
          ? part.imported.name
          : String(part.imported.value)
        : 'default'
    const own =
      delivered &&
      importedName(m, delivered, part.type === 'ImportNamespaceSpecifier' ? '*' : imported, part)
    if (own !== undefined) {
      declare(scope, part.local.name).value = own
      continue
    }
    const whole = imported === 'default'
    const full = whole ? path : joinPath(path, imported)
    const origin = pathSource(full, part)
    declare(scope, part.local.name).value = pathValue(
      full,
      false,
      origin === undefined ? [] : [origin],
    )
  }
}

/** The export of that name; `default` of a CommonJS module is all of it. */
function importedName(
  m: Machine,
  whole: Value,
  name: string,
  at: { start: number; end: number },
): Value | undefined {
  if (name === '*') return whole
  if (name === 'default') return whole.shape?.properties.get('default') ?? whole
  const value = memberOf(m, whole, name, false, undefined, at)
  return value === UNKNOWN ? undefined : value
}
