import type { Program } from './machine'
import { NOTHING, UNKNOWN, type Value } from './stream'

const DISK = /^\/dev\/(sd[a-z]|nvme\d|hd[a-z]|vd[a-z]|mmcblk\d|disk\d)/
const SYSTEM =
  /^(\/|\/\*|~\/?|~\/\*|\/(home|etc|usr|var|bin|sbin|lib|lib64|boot|root|opt|srv|Users|System|Library)(\/|\/\*)?|--no-preserve-root)$/
const HISTORY = /\.(bash|zsh|sh|python)_history$/

/** Root, home or a system folder as a whole; `rm -rf "$DIR"/` with an unknown name is a bug, no more. */
function isEverything(value: Value): boolean {
  if (value.known) return SYSTEM.test(value.text)
  return value.unknown.length === 1 && value.unknown[0] === 'HOME' && /^\/?\*?$/.test(value.text)
}

const wipeDisk: Program = ({ args, command }, machine) => {
  if (args.some(({ text, known }) => known && DISK.test(text)))
    machine.report('threat.destructive', command)
  return UNKNOWN
}

export const DESTRUCTIVE: Readonly<Record<string, Program>> = {
  rm: ({ args, command }, machine) => {
    const isRecursive = args.some(({ text }) => /^-\w*[rR]|^--recursive$/.test(text))
    if (isRecursive && args.some(isEverything)) machine.report('threat.destructive', command)
    if (args.some(({ text }) => HISTORY.test(text))) machine.report('threat.cover-tracks', command)
    return NOTHING
  },
  shred: ({ args, command }, machine) => {
    if (args.some((arg) => DISK.test(arg.text) || isEverything(arg)))
      machine.report('threat.destructive', command)
    return NOTHING
  },
  dd: ({ args, command }, machine) => {
    if (args.some(({ text, known }) => known && text.startsWith('of=') && DISK.test(text.slice(3))))
      machine.report('threat.destructive', command)
    return UNKNOWN
  },
  mkfs: wipeDisk,
  wipefs: wipeDisk,
  mv: ({ args, command }, machine) => {
    if (args.at(-1)?.text === '/dev/null' && args.some(isEverything))
      machine.report('threat.destructive', command)
    return NOTHING
  },
  find: ({ args, command }, machine) => {
    const [folder] = args
    const isWhole = folder !== undefined && isEverything(folder)
    const at = args.findIndex(({ text }) => /^-exec(dir)?$/.test(text))
    const removes = /^(rm|shred|dd|wipe)$/.test(args[at + 1]?.text ?? '')
    const isAll = !args.some(({ text }) =>
      /^-(name|iname|path|mtime|mmin|size|regex|user|newer)$/.test(text),
    )
    if (isWhole && isAll && at !== -1 && removes) machine.report('threat.destructive', command)
    if (isWhole && args.length === 2 && args[1]?.text === '-delete')
      machine.report('threat.destructive', command)
    return UNKNOWN
  },
  chmod: ({ args, command }, machine) => {
    const mode = args.find(({ text }) => !/^-\w*[Rvcf]/.test(text))?.text ?? ''
    const isRecursive = args.some(({ text }) => /^-\w*R/.test(text))
    if (isRecursive && /^0*(000|777)$/.test(mode) && args.some(isEverything))
      machine.report('threat.destructive', command)
    // A shell that anybody can run as root.
    if (
      /^[ug]*\+\w*s|^[4567]\d{3}$/.test(mode) &&
      args.some(({ text }) => /\/(ba|da|z)?sh$|^\/(tmp|var\/tmp|dev\/shm)\//.test(text))
    )
      machine.report('threat.persistence', command)
    return NOTHING
  },
}
