import { type ByteSource, readBytes } from '../byte-source'
import type { Program } from './program'

/** The import section is near the beginning; more of it is not listed. */
const MOST_BYTES = 256 * 1024
const MOST_MODULES = 16
const MOST_IMPORTS = 10_000
const SECTION_IMPORT = 2

/** Version and modules that a WebAssembly module imports from (WebAssembly core specification 5.5). */
export function describeWasm(source: ByteSource): Program {
  const bytes = readBytes(source, 0, MOST_BYTES)
  const modules = importedModules(bytes)
  return {
    label: `a WebAssembly module${modules.length === 0 ? '' : ` that imports ${modules.join(', ')}`}`,
    detail: { type: 'module', bits: 32, wasi: modules.some((name) => name.startsWith('wasi')) },
  }
}

/** Distinct names, as far as the section can be read: what is wrong ends the list. */
function importedModules(bytes: Buffer): string[] {
  const modules = new Set<string>()
  let at = 8
  const leb = (): number => {
    let value = 0
    for (let index = 0; index < 5; index++) {
      const byte = bytes[at++] ?? 0
      value += (byte & 0x7f) * 2 ** (7 * index)
      if (byte < 0x80) break
    }
    return value
  }
  const name = (): string => {
    const length = leb()
    const text = bytes.toString('utf8', at, at + Math.min(length, 100))
    at += length
    return text.replace(/[^\x20-\x7e]/g, '?')
  }
  while (at < bytes.length) {
    const section = bytes[at++]
    const end = leb() + at
    if (section !== SECTION_IMPORT) {
      at = end
      continue
    }
    const count = Math.min(leb(), MOST_IMPORTS)
    for (let index = 0; index < count && at < bytes.length; index++) {
      if (modules.size < MOST_MODULES) modules.add(name())
      else name()
      name()
      const kind = bytes[at++]
      // Function: an index. Table: a type, then limits. Memory: limits. Global: a type, then whether it changes.
      if (kind === 0) leb()
      else if (kind === 1 || kind === 2) {
        if (kind === 1) at++
        const flags = bytes[at++] ?? 0
        leb()
        if ((flags & 1) === 1) leb()
      } else if (kind === 3) at += 2
      else return [...modules]
    }
    break
  }
  return [...modules]
}
