/**
 * Processor time of this thread so far, milliseconds. Linux brings the clock of a thread up to date at its ticks
 * only, 4 or 10 ms apart, and hands out the old value until then (getrusage(RUSAGE_THREAD)); asking for the whole
 * process updates it first. Without that, a canary of 15 ms on an idle machine says anything from .6 to 1.1.
 */
export function threadMs(): number {
  process.cpuUsage()
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
