import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { QuietCheck } from '@shared/benchmark/environment'
import { hardwareClass, stampEnvironment } from '@shared/benchmark/environment-stamp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readEnvironment } from '../../../electron/core/benchmark/environment'
import { createQuietGate } from '../../../electron/core/benchmark/quiet'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quiet-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}
const sources = () => ({ proc: join(folder, 'proc'), sys: join(folder, 'sys') })
const gate = (share = 1) => createQuietGate(sources(), async () => share)
const state = (checks: QuietCheck[], check: QuietCheck['check']) =>
  checks.find((one) => one.check === check)?.state

const CPU = 'sys/devices/system/cpu'
const stat = (idle: number, stolen: number) =>
  write('proc/stat', `cpu  100 0 50 ${idle} 0 0 0 ${stolen} 0 0\ncpu0 1 2 3\n`)
const pressure = (average: number, total: number) =>
  write(
    'proc/pressure/cpu',
    `some avg10=${average.toFixed(2)} avg60=0.00 avg300=0.00 total=${total}\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n`,
  )

describe('the quiet gate', () => {
  test('calls unknown what a cloud machine does not show, and never ok', async () => {
    const checks = await gate().look()
    expect(checks.map(({ check, state }) => [check, state])).toEqual([
      ['canary', 'ok'],
      ['pressure', 'unknown'],
      ['steal', 'unknown'],
      ['governor', 'unknown'],
      ['power', 'unknown'],
      ['thermal', 'unknown'],
    ])
  })
  test('is bad when a calculation does not get its processor, and says what to do', async () => {
    const [canary] = await gate(0.4).look()
    expect(canary).toMatchObject({ state: 'bad', value: 0.4 })
    expect(canary?.sentence).toContain('close other programs')
  })
  test('looks at the pressure of the last seconds first, then at that since the look before', async () => {
    const looks = gate()
    pressure(80, 1_000_000)
    expect(state(await looks.look(), 'pressure')).toBe('bad')
    pressure(80, 1_000_000)
    expect(state(await looks.look(), 'pressure')).toBe('ok')
  })
  test('is bad when the hypervisor took time since the look before', async () => {
    const looks = gate()
    stat(1000, 500)
    expect(state(await looks.look(), 'steal')).toBe('ok')
    stat(2000, 600)
    expect(state(await looks.look(), 'steal')).toBe('bad')
  })
  test('wants the governor "performance" and mains power', async () => {
    write(`${CPU}/cpu0/cpufreq/scaling_governor`, 'powersave\n')
    write('sys/class/power_supply/BAT0/type', 'Battery\n')
    write('sys/class/power_supply/BAT0/status', 'Discharging\n')
    const checks = await gate().look()
    expect([state(checks, 'governor'), state(checks, 'power')]).toEqual(['bad', 'bad'])
    write(`${CPU}/cpu0/cpufreq/scaling_governor`, 'performance\n')
    write('sys/class/power_supply/BAT0/status', 'Full\n')
    write('sys/class/power_supply/AC/type', 'Mains\n')
    write('sys/class/power_supply/AC/online', '1\n')
    const better = await gate().look()
    expect([state(better, 'governor'), state(better, 'power')]).toEqual(['ok', 'ok'])
  })
  test('is bad when a processor slowed down for heat since the look before', async () => {
    const throttled = (count: number) =>
      write(`${CPU}/cpu1/thermal_throttle/core_throttle_count`, `${count}\n`)
    const looks = gate()
    throttled(7)
    expect(state(await looks.look(), 'thermal')).toBe('ok')
    throttled(8)
    expect(state(await looks.look(), 'thermal')).toBe('bad')
  })
})

describe('the environment of a result', () => {
  const engine = {
    name: 'onnxruntime-node',
    version: '1.30.0',
    librarySha256: '0'.repeat(64),
    threads: 1,
  } as const
  test('names no host, no user and no serial number', () => {
    write(
      'proc/cpuinfo',
      'processor : 0\nflags\t\t: fpu avx2 hypervisor\nphysical id\t: 0\ncore id\t: 0\nSerial\t\t: 12345\n',
    )
    const environment = readEnvironment(join(folder, 'proc'), join(folder, 'sys'))
    expect(environment.cpu).toMatchObject({
      features: ['avx2'],
      physicalCores: 1,
      virtualMachine: true,
    })
    expect(JSON.stringify(environment)).not.toContain('12345')
  })
  test('has another fingerprint for other threads, and the same class', () => {
    const environment = readEnvironment()
    const one = stampEnvironment(environment, engine)
    const two = stampEnvironment(environment, { ...engine, threads: 2 })
    expect(one.fingerprint).not.toBe(two.fingerprint)
    expect(one.hardwareClass).toBe(two.hardwareClass)
    expect(stampEnvironment(environment, engine)).toEqual(one)
  })
  test('has a class that people read', () => {
    const environment = readEnvironment()
    environment.cpu = {
      ...environment.cpu,
      model: 'Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz',
      physicalCores: 2,
    }
    expect(hardwareClass(environment, engine)).toBe(
      'Intel Xeon Platinum 8370C · 2 cores · onnxruntime-node 1.30',
    )
  })
})
