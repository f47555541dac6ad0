import { ProfileName } from '@shared/benchmark/profile'
import { EngineName } from '@shared/benchmark/result'
import { SCENARIOS } from '@shared/benchmark/scales'
import { SuiteChoice } from '@shared/contract/benchmark'
import { z } from 'zod'

/** What was asked for, resolved: paths that were granted then stay granted for this run. */
export const RunSpec = z.object({
  title: z.string(),
  models: z
    .array(z.object({ path: z.string(), name: z.string() }))
    .min(1)
    .max(5),
  suite: SuiteChoice,
  scenario: z.enum(SCENARIOS),
  engine: EngineName.nullable(),
  threads: z.number().int().positive(),
  profile: ProfileName,
  launches: z.number().int().positive(),
  references: z.boolean(),
  override: z.string().nullable(),
  seed: z.number().int().min(0).max(0xffffffff),
})
export type RunSpec = z.infer<typeof RunSpec>
