import { z } from 'zod'
import { Sha256 } from './digest'

/**
 * What numbers depend on. Never a name of a host or user, a serial number or an address: a result may
 * be published.
 */
export const Environment = z.object({
  cpu: z.object({
    model: z.string(),
    /** Instruction sets engines choose code by: avx2, avx512f, neon … */
    features: z.array(z.string()),
    physicalCores: z.number().int().positive().nullable(),
    logicalCores: z.number().int().positive(),
    governor: z.string().nullable(),
    virtualMachine: z.boolean().nullable(),
  }),
  memoryBytes: z.number().int().positive(),
  system: z.object({ name: z.string(), kernel: z.string(), architecture: z.string() }),
  node: z.string(),
  console: z.string(),
})
export type Environment = z.infer<typeof Environment>

export const EnvironmentStamp = z.object({
  environment: Environment,
  /** Of the environment with engine, its library and threads, as canonical JSON: same value, same line of history. */
  fingerprint: Sha256,
  /** Coarse class for tables: CPU family, cores, engine and its minor version. */
  hardwareClass: z.string().min(1).max(200),
})
export type EnvironmentStamp = z.infer<typeof EnvironmentStamp>

/** One look at whether the machine is quiet. What cannot be read is unknown, never ok. */
export const QuietCheck = z.object({
  check: z.enum(['canary', 'pressure', 'steal', 'governor', 'power', 'thermal']),
  state: z.enum(['ok', 'bad', 'unknown']),
  value: z.number().nullable(),
  /** What was seen and, when bad, what would make it better. */
  sentence: z.string(),
})
export type QuietCheck = z.infer<typeof QuietCheck>

export const QuietReading = z.object({
  /** Launch it came before; as many as there are launches after the last. */
  beforeLaunch: z.number().int().nonnegative(),
  checks: z.array(QuietCheck),
})
export type QuietReading = z.infer<typeof QuietReading>
