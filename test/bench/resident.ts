import { readFileSync } from 'node:fs'

/** Resident memory of a process now and at most, for people. Linux only. */
export function residentMiB(pid: number): string {
  if (process.platform !== 'linux') return 'memory is not known on this system'
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  const mebibytes = (field: string) =>
    Math.round(Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1024)
  return `${mebibytes('VmRSS')} MiB resident, ${mebibytes('VmHWM')} MiB at most`
}
