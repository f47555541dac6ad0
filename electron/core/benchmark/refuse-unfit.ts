import { doesNotFit } from '@shared/benchmark/advise'
import type { JobHandle } from '../jobs'
import type { Arm } from './arms'
import { checkFit, type RunLaunchOptions } from './run-launch'

/** A model that does not load here, or does not go with the suite: known before anything of it ran. */
export class DoesNotFitError extends Error {
  override readonly name = 'DoesNotFitError'
}

/**
 * Ends a run before its first launch when a model cannot be measured in it, with the sentence that the pre-flight
 * has for it. Models of the suite itself fit it. Throws DoesNotFitError.
 */
export async function refuseUnfit(
  arms: readonly Arm[],
  optionsOf: (arm: number) => RunLaunchOptions,
  handle: JobHandle<'benchmark'>,
): Promise<void> {
  for (const [arm, { name, role }] of arms.entries()) {
    if (role === 'reference') continue
    handle.update({ current: name })
    const { runs, sentence } = await checkFit(optionsOf(arm))
    if (!runs) throw new DoesNotFitError(doesNotFit(name, [sentence]))
  }
}
