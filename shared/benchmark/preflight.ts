import { z } from 'zod'
import { QuietCheck } from './environment'
import { EngineName, ModelFormat } from './result'
import { GRADES } from './scales'

/** Whether one model runs here, and why not. */
export const ModelFit = z.object({
  path: z.string(),
  name: z.string(),
  runs: z.boolean(),
  /** Null for what is no model of ours. */
  format: ModelFormat.nullable(),
  engine: EngineName.nullable(),
  bytes: z.number().int(),
  /** Memory it probably needs, and what is free. */
  needsBytes: z.number().nullable(),
  freeBytes: z.number(),
  /** Why it does not run, or what to mind. Empty where there is nothing to say. */
  reasons: z.array(z.string()),
  /** The command that turns it into something that runs here: an export to ONNX. */
  exportCommand: z.string().nullable(),
})
export type ModelFit = z.infer<typeof ModelFit>

/** What would make a result better, worst obstacle first. */
export const Advice = z.object({
  id: z.enum([
    'does-not-fit',
    'engine-missing',
    'not-scanned',
    'scan-not-clean',
    'machine-busy',
    'noisy',
    'power',
    'governor',
    'thermal',
    'network-not-isolated',
    'grade-unknown',
    'few-launches',
    'queue',
    'no-references',
  ]),
  /** 'blocks': the run would not start, 'grade': it would be graded down, 'hint': it could be better. */
  weight: z.enum(['blocks', 'grade', 'hint']),
  sentence: z.string(),
})
export type Advice = z.infer<typeof Advice>

export const Preflight = z.object({
  models: z.array(ModelFit),
  advice: z.array(Advice),
  quiet: z.array(QuietCheck),
  /** The best grade that such a run could get on this machine as it is now. */
  grade: z.enum(GRADES),
  launches: z.number().int(),
  /** Roughly, of the whole job. */
  seconds: z.number(),
  /** Runs of this console that come first. */
  queued: z.number().int(),
})
export type Preflight = z.infer<typeof Preflight>
