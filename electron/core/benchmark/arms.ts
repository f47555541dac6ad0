import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { EngineStamp } from '@shared/benchmark/result'
import type { ResultRow } from '@shared/benchmark/result-row'
import { isInside } from '../files'
import type { JobHandle } from '../jobs'
import { type ReadyEngine, readyEngine } from './engine-stamp'
import { type ModelScanParts, type ScannedModel, scanModel } from './model-scan'
import { NotRunnableError } from './not-runnable'
import type { RecordedLaunch } from './runs'
import type { RunSpec } from './spec'
import { type OpenSuite, SuiteError } from './suite-folder'

/** One model of a run, ready to be measured. */
export interface Arm {
  name: string
  role: ResultRow['role']
  place: string
  model: ScannedModel
  engine: ReadyEngine
  stamp: EngineStamp
}

export function armAt(arms: readonly Arm[], index: number): Arm {
  const arm = arms[index]
  if (arm === undefined) throw new RangeError(`There is no arm ${index} in this run.`)
  return arm
}

/** Scans every model and finds its engine. References that cannot run are left out, and said to be. */
export async function prepareArms(
  parts: ModelScanParts,
  spec: RunSpec,
  suite: OpenSuite,
  handle: JobHandle<'benchmark'>,
  notes: string[],
): Promise<Arm[]> {
  const arms: Arm[] = []
  handle.update({ stage: 'scanning' })
  for (const { path, name } of spec.models) {
    handle.update({ current: name })
    arms.push(await prepareOne(parts, spec, handle.signal, { path, name, role: 'model' }))
  }
  const references = spec.references ? suite.manifest.references : []
  for (const reference of references) {
    handle.update({ current: reference.name })
    const { name } = reference
    const path = realpathSync(join(suite.folder, reference.file.path))
    // A link that leads out of the suite leads to what nobody granted.
    if (!isInside(realpathSync(suite.folder), path))
      throw new SuiteError(suite.manifest.id, `${reference.file.path} does not lie in its folder.`)
    if (readyEngine(parts.platform.paths, reference.format, spec.engine) === undefined) {
      notes.push(`The reference model ${name} was left out: its engine is not installed.`)
      continue
    }
    const arm = await prepareOne(parts, spec, handle.signal, { path, name, role: 'reference' })
    if (arm.model.identity.files[0]?.sha256 !== reference.file.sha256)
      throw new SuiteError(suite.manifest.id, `${reference.file.path} is not the file it names.`)
    arms.push(arm)
  }
  return arms
}

async function prepareOne(
  parts: ModelScanParts,
  spec: RunSpec,
  signal: AbortSignal,
  { path, name, role }: { path: string; name: string; role: Arm['role'] },
): Promise<Arm> {
  const model = await scanModel(parts, {
    path,
    override: spec.override,
    // The same small files with every run: their reports would bury the others.
    keep: role === 'model',
    signal,
  })
  signal.throwIfAborted()
  const engine = readyEngine(parts.platform.paths, model.identity.format, spec.engine)
  if (engine === undefined)
    throw new NotRunnableError(
      path,
      `The engine for ${model.identity.format} is not installed; install it first.`,
      null,
    )
  return { name, role, place: path, model, engine, stamp: await engine.stamp(spec.threads) }
}

/** A run goes on with the very models it began with. */
export function refuseChanged(arms: readonly Arm[], recorded: readonly RecordedLaunch[]): void {
  for (const { launch, modelSha256 } of recorded) {
    const { name, model } = armAt(arms, launch.arm)
    if (model.identity.files[0]?.sha256 !== modelSha256)
      throw new Error(`${name} was changed since the run began; start a new one.`)
  }
}
