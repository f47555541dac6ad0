import type { Machine } from './machine'
import type { Node } from './tree'
import type { Arguments, Value } from './value'

/** PAGE_EXECUTE_READWRITE and its relatives (Windows' memory protection constants). */
const EXECUTABLE_PAGES = new Set([0x10n, 0x20n, 0x40n, 0x80n])
const INJECTS =
  /^ctypes\.(windll|WinDLL\(\))\.?(kernel32\.|ntdll\.)?(CreateRemoteThread(Ex)?|WriteProcessMemory|NtWriteVirtualMemory|NtCreateThreadEx|QueueUserAPC|RtlCreateUserThread|SetThreadContext)$/

/** Memory that holds bytes of the program and is then run, here or inside another program. */
export function checkMemory(machine: Machine, name: string, given: Arguments, node: Node): void {
  const { marks, pending } = machine.notes
  if (INJECTS.test(name)) {
    hidden('writes code into another program')
    return
  }
  if (/\.VirtualAlloc(Ex)?$|\.VirtualProtect(Ex)?$/.test(name) && given.plain.some(isExecutable))
    marks.add('executable-memory')
  if (
    /\.(CreateThread|EnumSystemLocales\w*|EnumWindows|CreateFiber|CreateTimerQueueTimer)$/.test(
      name,
    )
  )
    pending.push({
      mark: 'executable-memory',
      seen: {
        name: 'hidden.native',
        node,
        detail: { how: 'runs bytes that it put into memory itself' },
      },
    })
  if (name === 'mmap.mmap' && /PROT_EXEC/.test(machine.text.slice(node.from, node.to)))
    marks.add('executable-memory')
  if (/^ctypes\.(C|PY|WIN)FUNCTYPE\(\)$/.test(name))
    pending.push({
      mark: 'executable-memory',
      seen: { name: 'hidden.native', node, detail: { how: 'calls bytes as a function' } },
    })

  function hidden(how: string): void {
    machine.report({ name: 'hidden.native', node, detail: { how } })
    marks.add('serious')
  }
}

const isExecutable = (value: Value): boolean =>
  value.kind === 'int' && EXECUTABLE_PAGES.has(value.value)
