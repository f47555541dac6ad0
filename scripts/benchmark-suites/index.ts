// `npm run suites`: makes resources/suites anew: data, small reference models and manifests. Deterministic;
// it is run by hand, because whatever changes here is a new version of a suite.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SuiteManifest } from '@shared/benchmark/suite'
import type { z } from 'zod'
import { charactersSuite } from './characters-suite'
import { digitsSuite } from './digits-suite'
import { irisSuite } from './iris-suite'
import { regressionSuite } from './regression-suite'
import { sentencesSuite } from './sentences-suite'
import { generationSuite, speedSuite } from './speed-suites'
import { voiceSuite } from './voice-suite'

/** A suite before its files have hashes. */
export interface SuiteDraft {
  manifest: z.input<typeof SuiteManifest>
  /** By path inside the suite. */
  files: Readonly<Record<string, Uint8Array | string>>
}

export const allSuites = (): SuiteDraft[] => [
  irisSuite(),
  digitsSuite(),
  charactersSuite(),
  regressionSuite(),
  voiceSuite(),
  sentencesSuite(),
  speedSuite(),
  generationSuite(),
]

if (import.meta.main) {
  const root = join(import.meta.dirname, '../../resources/suites')
  rmSync(root, { recursive: true, force: true })
  for (const { manifest, files } of allSuites()) {
    const folder = join(root, manifest.id)
    for (const [path, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
    }
    const complete = SuiteManifest.parse(manifest)
    writeFileSync(join(folder, 'suite.json'), `${JSON.stringify(complete, null, 2)}\n`)
    console.log(`${manifest.id} ${manifest.version}: ${Object.keys(files).length} files`)
  }
}
