import { checkMemory } from './check-memory'
import { sinkOfCall } from './knowledge'
import type { Machine } from './machine'
import { isHomeWalk, isStartUpPath, isWholeDisk, KNOWN_OWNERS } from './places'
import { reportFlow } from './report-use'
import type { Node } from './tree'
import { type Arguments, taintsOf, textOf, UNKNOWN, type Value, WALKED } from './value'

/** Programs that guard a computer, as a list of them is written. */
const GUARDS =
  /msmpeng|\bavp\.exe|falcon-sensor|csfalcon|mbamservice|avastsvc|sentinelagent|windefend/i

/** Asked once a text: many calls may ask. */
let asked = { text: '', names: false }
function namesGuards(text: string): boolean {
  if (asked.text !== text) asked = { text, names: GUARDS.test(text) }
  return asked.names
}

/** Calls that mean something by their name and one argument. */
export function checkSmall(
  machine: Machine,
  callee: Value & { kind: 'ref' },
  given: Arguments,
  node: Node,
): void {
  const { name } = callee
  const [first = UNKNOWN, second = UNKNOWN] = given.plain
  const text = textOf(first)
  const { marks } = machine.notes
  if (/^IPython\.(core\.)?display\.(Javascript|HTML)$/.test(name) && text !== undefined)
    if (
      /kernel\.execute\(|requestExecute\(/.test(text) &&
      /os\.|subprocess|exec|eval|import/.test(text)
    )
      machine.report({
        name: 'hidden.eval',
        node,
        detail: { how: 'lets a page in the output run Python in the kernel' },
      })
  if (given.named.size > 0) checkRemoteCode(machine, given, first, node)
  if (
    /^(os|shutil|socket|pynput|keyboard|mouse|ctypes|pyperclip|win32clipboard|winreg|_winreg|torch|ssl|cryptography|Crypto|tkinter|multiprocessing|urllib|builtins|pyarmor_runtime|win32api|mmap|docker|sys|clipboard|xerox|logging|psutil)/.test(
      name,
    )
  )
    byFamily()

  function byFamily(): void {
    if (
      /^os\.dup2$/.test(name) &&
      first.kind === 'ref' &&
      /^(socket|ssl)[.(].*fileno\(\)$/.test(first.name)
    ) {
      marks.add('socket-dup')
      machine.notes.pending.push({
        mark: 'shell',
        seen: {
          name: 'threat.reverse-shell',
          node,
          detail: { how: 'makes a socket the input and output of a shell' },
        },
      })
    }
    if (name === 'shutil.rmtree' && text !== undefined && isWholeDisk(text))
      destroys('removes a whole home folder or disk')
    if (/^os\.(remove|unlink|truncate)$/.test(name) && text?.includes(WALKED) && isWholeDisk(text))
      destroys('removes the files of a whole home folder or disk')
    if (
      name === 'builtins.open' &&
      /^(\/dev\/(sd|hd|nvme|vd|mmcblk|disk)\w*|\\\\\.\\PhysicalDrive\d)/.test(text ?? '') &&
      /[wa+]/.test(textOf(second) ?? '')
    )
      destroys('overwrites a disk')
    if (name === 'builtins.open') openFile()
    if (/^(cryptography|Crypto(dome)?)\..*\.(encrypt|encrypt_and_digest|update)$/.test(name))
      marks.add('encrypt')
    if (name === 'os.memfd_create') marks.add('memory-file')
    if (name === 'os.fork' && machine.frame.endless > 0 && isBare())
      machine.report({ name: 'threat.fork-bomb', node })
    if (
      /^(pynput\.(keyboard|mouse)\.Listener|keyboard\.(on_press|hook|on_release|read_event|record|start_recording)|pyHook\.HookManager)$/.test(
        name,
      ) &&
      !/mouse/.test(name)
    )
      watchKeys()
    if (
      /^ctypes\.windll\.user32\.(GetAsyncKeyState|SetWindowsHookEx[AW]|GetKeyState)$|^win32api\.GetAsyncKeyState$/.test(
        name,
      )
    )
      for (const mark of ['send', 'file-write'] as const)
        machine.notes.pending.push({
          mark,
          seen: { name: 'threat.keylogger', node, detail: { how: 'asks Windows for keys' } },
        })
    if (
      /^(pyperclip3?|clipboard|xerox)\.copy$|^win32clipboard\.SetClipboard(Text|Data)$|^tkinter\.Tk\(\)\.clipboard_append$/.test(
        name,
      )
    )
      replaceClipboard()
    if (
      /^(pyperclip3?|clipboard|xerox)\.(paste|waitForNewPaste)$|^win32clipboard\.GetClipboardData$|^tkinter\.Tk\(\)\.clipboard_get$/.test(
        name,
      )
    )
      marks.add('clipboard-read')
    if (/^(winreg|_winreg)\.(SetValueEx|SetValue|CreateKey(Ex)?|OpenKey(Ex)?)$/.test(name))
      registry()
    if (
      /^ctypes\.(windll\.kernel32\.(VirtualAlloc(Ex)?|RtlMoveMemory|CreateThread|CreateRemoteThread|WriteProcessMemory)|memmove)$/.test(
        name,
      )
    )
      machineCode()
    if (/^(ctypes|mmap)\./.test(name)) checkMemory(machine, name, given, node)
    if (/^ctypes\.(C|WIN|PY)FUNCTYPE\(\)$/.test(name)) calledMemory()
    if (name === 'ctypes.cast' && second.kind === 'ref' && /FUNCTYPE\(\)$/.test(second.name))
      calledMemory()
    if (/^ctypes\.windll\.kernel32\.(IsDebuggerPresent|CheckRemoteDebuggerPresent)$/.test(name))
      machine.notes.pending.push({
        mark: 'serious',
        seen: {
          name: 'threat.anti-analysis',
          node,
          detail: { how: 'asks whether a debugger watches' },
        },
      })
    if (/^psutil\..*\.(kill|terminate|suspend)$/.test(name) && namesGuards(machine.text))
      machine.report({
        name: 'threat.security-off',
        node,
        detail: { how: 'ends programs that guard the computer' },
      })
    if (name === 'logging.config.dictConfig') factories(first)
    if (/^docker\.\w+\(\)\.containers\.(run|create)$/.test(name)) container()
    if (/^sys\.(addaudithook|setprofile|settrace)$/.test(name))
      machine.notes.pending.push({
        mark: 'send',
        seen: {
          name: 'threat.loader-patch',
          node,
          detail: { how: 'watches what the whole program does, and sends something' },
        },
      })
    if (name === 'torch.hub.load' || name === 'torch.hub.load_state_dict_from_url') hub()
    if (/^pyarmor_runtime/.test(name))
      machine.report({ name: 'obfuscation.packed', node, detail: { how: 'PyArmor' } })
  }

  /** Bytes are copied to where the processor can run them. */
  function machineCode(): void {
    if (name !== 'ctypes.memmove') machine.report({ name: 'capability.native', node })
    for (const taint of given.plain.flatMap((one) => [...taintsOf(one)]))
      if (!taint.weak && /^(decoded|network)$/.test(taint.source))
        reportFlow(machine, taint, 'native', node, `copies it into memory by ${name}`)
  }

  /** A function is made of the address of bytes; the mark is that somebody calls what they hold. */
  function calledMemory(): void {
    if (
      first.kind !== 'ref' ||
      !/^(ctypes\.(addressof|cast|create_string_buffer|c_\w+)|mmap\.mmap)/.test(first.name)
    )
      return
    machine.report({ name: 'capability.native', node })
    for (const taint of taintsOf(first))
      if (/^(decoded|network)$/.test(taint.source))
        reportFlow(machine, taint, 'native', node, 'calls these bytes as a function')
  }

  function destroys(how: string): void {
    machine.report({ name: 'threat.destructive', node, detail: { how } })
    marks.add('serious')
  }

  function openFile(): void {
    const mode = textOf(given.named.get('mode') ?? second) ?? 'r'
    if (!/[wax+]/.test(mode)) return
    machine.report({ name: 'capability.file-write', node, detail: { calls: name } })
    marks.add('file-write')
    if (/^\/etc\/hosts$|System32[\\/]drivers[\\/]etc[\\/]hosts$/i.test(text ?? ''))
      machine.report({
        name: 'threat.security-off',
        node,
        detail: { how: 'changes where the names of hosts lead' },
      })
    if (first.kind === 'ref' && /\.__file__$|^shutil\.which\(\)$/.test(first.name))
      machine.report({
        name: 'threat.persistence',
        node,
        detail: { how: 'writes into an installed module or program', calls: name },
      })
    if (text?.includes(WALKED) && isHomeWalk(text) && /w/.test(mode) && isWholeDisk(text))
      destroys('overwrites the files of a whole home folder or disk')
    if (text !== undefined && isStartUpPath(text)) {
      machine.report({
        name: 'threat.persistence',
        node,
        detail: { path: text.slice(0, 200), calls: name },
      })
      marks.add('serious')
    }
  }

  /** A loop that does nothing but fork; a server that forks for each client does more. */
  function isBare(): boolean {
    const lines = machine.text.slice(Math.max(0, node.from - 60), node.to + 40)
    return /(while\s*\(?(True|1)\)?\s*:|itertools\.(count|repeat)\([^)]*\)\s*:)\s*(pid\s*=\s*)?(\w+\.)?\w*fork\(\)\s*($|\n\s*(\n|\S|(\w+\.)?\w*fork))/.test(
      lines,
    )
  }

  function watchKeys(): void {
    const handlers = [
      given.named.get('on_press'),
      given.named.get('on_release'),
      given.named.get('callback'),
      first,
    ]
    const had = marks.has('file-write')
    marks.delete('file-write')
    for (const handler of handlers)
      if (handler?.kind === 'function')
        machine.call(handler, { plain: [UNKNOWN], named: new Map() }, node)
    const writes = marks.has('file-write')
    if (had) marks.add('file-write')
    const seen = {
      name: 'threat.keylogger' as const,
      node,
      detail: { how: 'records what is typed' },
    }
    if (writes) machine.report(seen)
    else machine.notes.pending.push({ mark: 'send', seen })
  }

  function replaceClipboard(): void {
    const isWallet =
      text !== undefined &&
      /^(bc1[a-z0-9]{20,}|[13][1-9A-HJ-NP-Za-km-z]{25,}|0x[0-9a-fA-F]{40}|T[1-9A-HJ-NP-Za-km-z]{33}|4[0-9AB][1-9A-HJ-NP-Za-km-z]{90,})$/.test(
        text,
      )
    if (isWallet && marks.has('clipboard-read'))
      machine.report({
        name: 'threat.wallet-hijack',
        node,
        detail: { how: 'puts an address of its own into the clipboard' },
      })
  }

  function registry(): void {
    const all = given.plain.map(textOf).join(' ')
    const key = first.kind === 'ref' ? (textOf(first.about ?? UNKNOWN) ?? '') : ''
    if (/CurrentVersion\\+Run/i.test(`${all} ${key}`))
      machine.report({
        name: 'threat.persistence',
        node,
        detail: { how: 'starts itself by the registry' },
      })
  }

  /** logging.config: what a handler names under '()' is called. */
  function factories(value: Value, depth = 0): void {
    if (value.kind !== 'dict' || depth > 4) return
    for (const [key, held] of value.entries) {
      const factory = key === 's()' ? textOf(held) : undefined
      const sink = factory === undefined ? undefined : sinkOfCall(factory)?.sink
      if (sink === 'process' || sink === 'eval')
        machine.report({
          name: `hidden.${sink}`,
          node,
          detail: { how: `lets logging call ${factory}` },
        })
      factories(held, depth + 1)
    }
  }

  /** A container that has the disk of its host is the host. */
  function container(): void {
    const volumes = given.named.get('volumes')
    const mounts =
      volumes?.kind === 'dict'
        ? [...volumes.entries.keys()].map((key) => key.slice(1))
        : volumes?.kind === 'list'
          ? volumes.items.map((item) => textOf(item) ?? '')
          : []
    if (mounts.some((mount) => /^(\/|\/etc|\/root|\/var\/run\/docker\.sock)(:|$)/.test(mount)))
      machine.report({
        name: 'threat.security-off',
        node,
        detail: { how: 'starts a container that has the disk of its host' },
      })
  }

  function hub(): void {
    if (
      text === undefined ||
      first.kind === 'partial' ||
      textOf(given.named.get('source') ?? UNKNOWN) === 'local'
    )
      return
    if (!KNOWN_OWNERS.test(text) && /^[\w.-]+\/[\w.-]+/.test(text) && !/^https?:/.test(text))
      machine.report({
        name: 'threat.security-off',
        node,
        detail: { how: `runs code of the repository ${text}` },
      })
  }
}

const REPOSITORY_NAMES = [
  'model',
  'pretrained_model_name_or_path',
  'path',
  'repo_id',
  'model_name',
  'model_id',
  'tokenizer',
]

/** trust_remote_code=True runs Python of whoever owns the repository today. */
function checkRemoteCode(machine: Machine, given: Arguments, first: Value, node: Node): void {
  const trust = given.named.get('trust_remote_code')
  if (trust?.kind !== 'bool' || !trust.value) return
  const repository = [
    first,
    ...REPOSITORY_NAMES.map((key) => given.named.get(key) ?? UNKNOWN),
    ...given.plain.slice(1),
  ]
    .map((one) => (one.kind === 'str' ? one.value : ''))
    .find((text) => text.includes('/'))
  const isForeign =
    repository !== undefined &&
    /^[\w-][\w.-]*\/[\w.-]+$/.test(repository) &&
    !KNOWN_OWNERS.test(repository)
  const isPinned = /^[0-9a-f]{40}$/.test(textOf(given.named.get('revision') ?? UNKNOWN) ?? '')
  if (isForeign && !isPinned)
    machine.report({
      name: 'threat.security-off',
      node,
      detail: { how: `runs code of the repository ${repository}` },
    })
  else machine.report({ name: 'capability.module', node, detail: { calls: 'trust_remote_code' } })
}
