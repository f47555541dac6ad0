import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTwin, type Twin } from '../../../electron/core/backend/twin'
import { clientOf, OPEN_MS } from '../../fixtures/conformance/target'
import { startTwin, type TwinHome, twinHome } from '../../fixtures/conformance/twin-target'

const MIB = 1024 * 1024

/** A disk of its own, which only root of a Linux machine can have. */
function mountDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'full-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=320m', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmSync(folder, { recursive: true })
    return null
  }
}

const disk = process.platform === 'linux' && process.getuid?.() === 0 ? mountDisk() : null
const filler = join(disk ?? '', 'filler')
const freeBytes = () => {
  const { bavail, bsize } = statfsSync(disk ?? '')
  return bavail * bsize
}
const clientFor = (twin: Twin) => clientOf({ ...twin, key: twin.publishableKey })
const rowsOf = async (twin: Twin) => (await clientFor(twin).rpc('test_count')).data as number

let home: TwinHome
const twins: Twin[] = []

async function start(): Promise<Twin> {
  const twin = createTwin(home.platform)
  twins.push(twin)
  await twin.start()
  return twin
}

beforeAll(async () => {
  if (disk === null) return
  home = twinHome(true, disk)
  twins.push(await startTwin(home))
}, OPEN_MS)
afterAll(async () => {
  for (const twin of twins) await twin.stop()
  if (disk === null) return
  execFileSync('umount', [disk])
  rmSync(disk, { recursive: true })
})

test.skipIf(disk === null)(
  'a full disk refuses writes, answers reads, and loses nothing',
  async () => {
    const client = clientFor(twins[0] as Twin)
    writeFileSync(filler, Buffer.alloc(freeBytes() - MIB))
    let acknowledged = 0
    let refusal: { status: number; code?: string | undefined } | undefined
    while (refusal === undefined && acknowledged < 2_000_000) {
      const args = { p_n: acknowledged, p_count: 5000 }
      const { error, status } = await client.rpc('test_write_set', args)
      if (error === null) acknowledged += args.p_count
      else refusal = { status, code: error.code }
    }
    expect(refusal).toEqual({ status: 503, code: '53100' })
    expect(await rowsOf(twins[0] as Twin)).toBe(acknowledged)

    // Stopped and started on the full disk, and once there is room again.
    await twins[0]?.stop()
    const still = await start()
    expect(await rowsOf(still)).toBe(acknowledged)
    await still.stop()
    rmSync(filler)
    const again = await start()
    expect(await rowsOf(again)).toBe(acknowledged)
    const more = { p_n: acknowledged, p_count: 1 }
    expect((await clientFor(again).rpc('test_write_set', more)).error).toBeNull()
    await again.stop()
  },
)

test.skipIf(disk === null)(
  'a database that does not start on a full disk stays where it is',
  async () => {
    await twins[0]?.stop()
    truncateSync(join(home.platform.paths.data, 'twin/data/global/pg_control'), 0)
    writeFileSync(filler, Buffer.alloc(freeBytes() - MIB))
    await expect(start()).rejects.toMatchObject({ code: 'disk_full' })
    expect(twins.at(-1)?.setAside()).toEqual([])
    rmSync(filler)
    await start()
    expect(twins.at(-1)?.setAside()).toHaveLength(1)
  },
)
