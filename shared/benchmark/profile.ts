import { z } from 'zod'
import { PROFILES } from './scales'

export const ProfileName = z.enum(PROFILES)
export type ProfileName = z.infer<typeof ProfileName>

/** How long and how often is measured. The launch is the unit of statistics: more launches, not longer ones. */
export const Profile = z.object({
  name: ProfileName,
  /** Fresh processes per model. */
  launches: z.number().int().positive(),
  /** Warm-up ends by its rule (electron/core/benchmark/child/warm-up.ts), or here. */
  warmUpMs: z.number().positive(),
  /** Time that one launch measures, after the warm-up. */
  measureMs: z.number().positive(),
  /** Measuring goes on until there are as many queries, up to `measureMs` times four. */
  minQueries: z.number().int().positive(),
  /** Raw durations a launch keeps; beyond it every second, fourth … query is kept. */
  samples: z.number().int().min(1000).max(100_000),
  /** Pause between two launches. */
  coolDownMs: z.number().nonnegative(),
  /** Wall-clock limit of one launch, loading included. */
  limitMs: z.number().positive(),
})
export type Profile = z.infer<typeof Profile>

/**
 * The name says what one model takes, process starts included, when it loads at once: ~10 s, ~60 s, ~600 s.
 * 10 launches find a difference of 2.5 % at a spread of 2 % between launches, 20 of 1.8 %
 * (minimal detectable effect, docs/benchmarks.md). 64 queries are the fewest from which LoadGen's early
 * stopping rule says anything about a p90, 662 about a p99.
 */
export const PROFILE: Readonly<Record<ProfileName, Profile>> = {
  quick: {
    name: 'quick',
    launches: 10,
    warmUpMs: 250,
    measureMs: 400,
    minQueries: 64,
    samples: 10_000,
    coolDownMs: 0,
    limitMs: 60_000,
  },
  standard: {
    name: 'standard',
    launches: 10,
    warmUpMs: 1000,
    measureMs: 4000,
    minQueries: 662,
    samples: 20_000,
    coolDownMs: 200,
    limitMs: 180_000,
  },
  certified: {
    name: 'certified',
    launches: 20,
    warmUpMs: 3000,
    measureMs: 24_000,
    minQueries: 662,
    samples: 50_000,
    coolDownMs: 2000,
    limitMs: 600_000,
  },
}
