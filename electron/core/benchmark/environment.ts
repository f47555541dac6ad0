import { readFileSync } from 'node:fs'
import { cpus, release, totalmem, type } from 'node:os'
import type { Environment } from '@shared/benchmark/environment'
import { version } from '../../../package.json'

/** Instruction sets that engines choose code by (x86: names of /proc/cpuinfo; Arm: of HWCAP). */
const FEATURES = new Set(
  'sse4_1 sse4_2 avx avx2 fma f16c avx512f avx512bw avx512vl avx512_vnni avx512_bf16 avx_vnni amx_tile amx_int8 amx_bf16 asimd asimddp asimdhp sve sve2 i8mm bf16'.split(
    ' ',
  ),
)
const BYTES_PER_GIB = 1024 ** 3

/** What numbers depend on; no name of host or user, no serial number. */
export function readEnvironment(proc = '/proc', sys = '/sys'): Environment {
  const info = read(`${proc}/cpuinfo`) ?? ''
  const flags = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(info)?.[1]?.split(' ')
  const logical = cpus()
  return {
    cpu: {
      model: logical[0]?.model.trim() || 'unknown',
      features: (flags ?? []).filter((flag) => FEATURES.has(flag)).sort(),
      physicalCores: physicalCores(info),
      logicalCores: Math.max(1, logical.length),
      governor: read(`${sys}/devices/system/cpu/cpu0/cpufreq/scaling_governor`)?.trim() ?? null,
      virtualMachine: flags === undefined ? null : flags.includes('hypervisor'),
    },
    // To half a GiB: what the firmware keeps for itself differs from boot to boot.
    memoryBytes: Math.round((2 * totalmem()) / BYTES_PER_GIB) * (BYTES_PER_GIB / 2),
    system: { name: type(), kernel: release(), architecture: process.arch },
    node: process.versions.node,
    console: version,
  }
}

/** Pairs of socket and core in /proc/cpuinfo; null where it has none (Arm, other systems). */
function physicalCores(info: string): number | null {
  const cores = info.split('\n\n').flatMap((one) => {
    const socket = /^physical id\s*:\s*(\d+)$/m.exec(one)?.[1]
    const core = /^core id\s*:\s*(\d+)$/m.exec(one)?.[1]
    return socket === undefined || core === undefined ? [] : `${socket}/${core}`
  })
  return cores.length === 0 ? null : new Set(cores).size
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
