import type { Parser } from '../context'
import { parseKerasConfig } from '../graph/keras-file'
import { parseSkopsSchema } from '../graph/skops'
import { packageLayout, pytorchLayout } from './pytorch-zip'

/** What the names of an archive's members say about it, and what follows for reading them. */
export interface ZipLayout {
  format: string
  /**
   * Parses a member as what it must be, whatever its content looks like. For those that may be
   * storages the answer is final once all other members are parsed.
   */
  parserFor?(name: string): { format: string; parse: Parser } | undefined
  /** Members that are looked at last, because others say what they are. */
  mayBeStorage?(name: string): boolean
}

export function zipLayout(names: readonly string[]): ZipLayout {
  const files = names.filter((name) => !name.endsWith('/'))
  const has = (name: string) => files.includes(name)
  const pytorch = pytorchLayout(files)
  if (pytorch !== undefined) return pytorch
  const exported = packageLayout(files)
  if (exported !== undefined) return exported
  if (files.length > 0 && files.every((name) => name.endsWith('.npy'))) return { format: 'npz' }
  if (has('config.json') && has('metadata.json'))
    return {
      format: 'keras',
      parserFor: (name) =>
        name === 'config.json' ? { format: 'keras-config', parse: parseKerasConfig } : undefined,
    }
  if (
    has('schema.json') &&
    files.every(
      (name) => name === 'schema.json' || /\.(npy|npz|txt|bin)$/.test(name) || !name.includes('.'),
    )
  )
    return {
      format: 'skops',
      parserFor: (name) =>
        name === 'schema.json' ? { format: 'skops-schema', parse: parseSkopsSchema } : undefined,
    }
  if (has('META-INF/MANIFEST.MF')) return { format: 'jar' }
  if (has('[Content_Types].xml')) return { format: 'office-document' }
  if (files.some((name) => /^[^/]+\.dist-info\/(WHEEL|METADATA)$/.test(name)))
    return { format: 'wheel' }
  return { format: 'zip' }
}
