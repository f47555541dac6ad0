import type { NetworkIsolation, Platform } from '../platform'

const MIB = 1024 ** 2

/**
 * Whether this system can cut a model off the network, found out by starting a child that is told
 * nothing. Rejects when the child is not the one that was built.
 */
export async function probeIsolation(
  platform: Pick<Platform, 'launchConfined'>,
): Promise<NetworkIsolation> {
  const child = await platform.launchConfined('benchmark', {
    heapMegabytes: 64,
    readable: [],
    wallMs: 10_000,
    residentBytes: 512 * MIB,
    dataBytes: 1024 * MIB,
    cpuSeconds: 10,
    threads: 64,
  })
  await child.kill()
  return child.network
}
