import type { Fact } from './fact'
import type { FileReport, Finding } from './report'

interface WeightFile {
  path: string
  format: string
  status: FileReport['status']
  bytes: number
  facts: readonly Fact[]
  findings: readonly Finding[]
}

interface WeightChange {
  facts: readonly Fact[]
  format: string
  status: 'complete'
  reason: null
}

interface Claim {
  format: 'tfjs-shard' | 'onnx-external-data'
  fits: boolean
}

/**
 * Files of plain numbers that a model names: their bytes look like nothing, and the model says what they are.
 * They count as read only when their size is the one the model needs and nothing else was found in them.
 */
export function* joinWeights(
  files: readonly WeightFile[],
): Generator<undefined, Map<string, WeightChange>> {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const claims = new Map<string, Claim>()
  for (const model of files) {
    yield
    const folder = model.path.split('/').slice(0, -1)
    const beside = (path: string) =>
      byPath.get([...folder, ...path.split('/').filter((one) => one !== '.')].join('/'))
    claimShards(model, beside, claims)
    claimExternal(model, beside, claims)
  }
  const changed = new Map<string, WeightChange>()
  for (const [path, { format, fits }] of claims) {
    const file = byPath.get(path)
    if (file === undefined || !fits || !isPlain(file)) continue
    changed.set(path, { facts: file.facts, format, status: 'complete', reason: null })
  }
  return changed
}

/** Only bytes that no parser knows: a pickle, an archive or a program stays what it is. */
function isPlain({ format, status, findings, facts }: WeightFile): boolean {
  return (
    format === 'unknown' &&
    status === 'inconclusive' &&
    (facts.length > 0 || findings.length === 0) &&
    findings.every(({ severity }) => severity === 'info' || severity === 'low') &&
    facts.every(({ kind }) => kind !== 'structure' && kind !== 'call' && kind !== 'import')
  )
}

type Beside = (path: string) => WeightFile | undefined

/** The files of a group are filled one after the other (tfjs-core, io/types.ts, WeightsManifestConfig). */
function claimShards(model: WeightFile, beside: Beside, claims: Map<string, Claim>): void {
  const groups = new Map<string, Fact[]>()
  for (const fact of model.facts) {
    if (fact.kind !== 'content' || fact.name !== 'tfjs.shard') continue
    const group = String(fact.detail?.group ?? 0)
    const known = groups.get(group)
    if (known === undefined) groups.set(group, [fact])
    else known.push(fact)
  }
  for (const facts of groups.values()) {
    const files = facts.map(({ detail }) =>
      typeof detail?.path === 'string' ? beside(detail.path) : undefined,
    )
    const wanted = facts[0]?.detail?.groupBytes ?? facts[0]?.detail?.bytes
    const size = files.reduce((sum, file) => sum + (file?.bytes ?? Number.NaN), 0)
    for (const file of files)
      if (file !== undefined)
        claim(claims, file.path, { format: 'tfjs-shard', fits: size === wanted })
  }
}

/** Tensors may be aligned and padded: the file holds at least what the model takes from it. */
function claimExternal(model: WeightFile, beside: Beside, claims: Map<string, Claim>): void {
  for (const { kind, name, detail } of model.facts) {
    if (kind !== 'content' || name !== 'onnx.external-file' || typeof detail?.path !== 'string')
      continue
    const file = beside(detail.path)
    const wanted = typeof detail.bytes === 'number' ? detail.bytes : undefined
    if (file === undefined || wanted === undefined) continue
    claim(claims, file.path, {
      format: 'onnx-external-data',
      fits: file.bytes >= wanted && file.bytes <= wanted + PADDING,
    })
  }
}

/** onnx pads external data to pages of 4 KiB, or of 64 KiB for Windows (onnx.proto, external_data). */
const PADDING = 64 * 1024

/** Two models may share a file; it must fit both. */
function claim(claims: Map<string, Claim>, path: string, one: Claim): void {
  claims.set(path, { format: one.format, fits: one.fits && (claims.get(path)?.fits ?? true) })
}
