import { type ByteSource, readBytes } from '../byte-source'
import type { Program } from './program'

/** First magic number of each Python release (CPython, Lib/importlib/_bootstrap_external.py). */
const PYTHON: readonly [number, string][] = [
  [3600, '3.14'],
  [3550, '3.13'],
  [3500, '3.12'],
  [3450, '3.11'],
  [3430, '3.10'],
  [3420, '3.9'],
  [3400, '3.8'],
  [3390, '3.7'],
  [3360, '3.6'],
  [3000, '3.5 or older'],
]

export function describePythonBytecode(source: ByteSource): Program {
  const magic = readBytes(source, 0, 2).readUInt16LE(0)
  const version = PYTHON.find(([first]) => magic >= first)?.[1] ?? 'an old version'
  return { label: `compiled Python ${version}`, detail: { type: 'bytecode', version } }
}

/** A Java class: the major version is 44 more than the release (JVM specification 4.1). */
export function describeJavaClass(source: ByteSource): Program {
  const bytes = readBytes(source, 0, 8)
  const major = bytes.length < 8 ? 0 : bytes.readUInt16BE(6)
  return {
    label: `a Java class for version ${Math.max(1, major - 44)}`,
    detail: { type: 'bytecode', version: major },
  }
}
