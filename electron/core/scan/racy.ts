import type { FileStat } from './protocol'

/** Finest clocks of file systems tick with the kernel's timer, at most every 10 ms; twice that. */
const FINE_MS = 20
/** FAT counts in 2 s, HFS+, ext3 and some network file systems in 1 s. */
const COARSE_MS = 2000

/**
 * Whether a file may yet change without its times changing: its last change is so near to the
 * moment it was read (`readAtMs`, wall clock, ms since the epoch) that another one could fall into
 * the same tick. Git calls such entries racily clean (Documentation/technical/racy-git.txt). A
 * ctime without a fraction of a second comes from a coarse clock. A time in the future is racy too.
 */
export function isRacy(stat: FileStat, readAtMs: number): boolean {
  const [mtime, ctime] = [BigInt(stat.mtimeNs), BigInt(stat.ctimeNs)]
  const newest = mtime > ctime ? mtime : ctime
  const window = ctime % 1_000_000_000n === 0n ? COARSE_MS : FINE_MS
  return newest / 1_000_000n > BigInt(Math.floor(readAtMs) - window)
}
