import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalJson } from '../scan-report/canonical-json'
import type { Environment, EnvironmentStamp } from './environment'
import type { EngineStamp } from './result'

/** The environment with what runs in it: exact for history, coarse for tables. */
export function stampEnvironment(environment: Environment, engine: EngineStamp): EnvironmentStamp {
  return {
    environment,
    fingerprint: bytesToHex(sha256(utf8ToBytes(canonicalJson({ environment, engine })))),
    hardwareClass: hardwareClass(environment, engine),
  }
}

/** 'Intel Xeon Platinum 8370C · 2 cores · onnxruntime-node 1.30'. */
export function hardwareClass(
  { cpu }: Environment,
  engine: Pick<EngineStamp, 'name' | 'version'>,
): string {
  const family = cpu.model
    .replace(/\((?:R|TM|C)\)/gi, '')
    .replace(/@.*$|\b(?:CPU|Processor)\b|\b\d+-Core\b/gi, '')
    .replace(/\s+/g, ' ')
    .trim()
  const cores = cpu.physicalCores ?? cpu.logicalCores
  const minor = engine.version.split('.').slice(0, 2).join('.')
  return `${family} · ${cores} ${cores === 1 ? 'core' : 'cores'} · ${engine.name} ${minor}`
}
