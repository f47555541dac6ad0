import { BENCHMARK_RESULT } from '../benchmark/publication'
import type { Json } from './canonical'
import { LAUNCH_SERIES } from './launch-series'
import type { Pieces } from './pieces'

/**
 * How the console reads one kind of measurement document. A document carries its raw launches, so
 * that every figure in it can be derived again by whoever doubts it.
 */
export interface MeasurementKind {
  /** Names the kind and its version; changes whenever the same launches would give other figures. */
  schema: string
  /** The document with every derived figure computed anew from its raw launches. Throws a sentence. */
  recompute(document: Json): Json
  /** The same in pieces of some milliseconds, where a document may take long. */
  recomputing?(document: Json): Pieces<Json>
  /** SHA-256 of the model files that were measured; each has to be a subject of the passport. */
  measured(document: Json): readonly string[]
  /** Why it must not be published, e.g. measured on a noisy machine; undefined when it may be. */
  refusal(document: Json): string | undefined
  /** What a person reads first. */
  headline(document: Json): string
  /** All that it states about the model, for a table. */
  figures(document: Json): readonly MeasurementFigure[]
}

export interface MeasurementFigure {
  name: string
  /** With its unit and its interval. */
  value: string
  /** What it is recomputed from. */
  basis: string
}

export type MeasurementRegistry = ReadonlyMap<string, MeasurementKind>

export const registryOf = (...kinds: readonly MeasurementKind[]): MeasurementRegistry =>
  new Map(kinds.map((kind) => [kind.schema, kind]))

/** Every kind this version knows. A new kind of result is added here, and nowhere else. */
export const MEASUREMENTS: MeasurementRegistry = registryOf(LAUNCH_SERIES, BENCHMARK_RESULT)
