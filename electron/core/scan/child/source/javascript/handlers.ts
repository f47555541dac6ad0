import { foundAssignment } from './assignments'
import { callBack } from './callback'
import { commandThreats } from './commands'
import type { Machine } from './machine'
import type { Node } from './node'
import { reportFlow } from './report-flow'
import { isSecretPath } from './sources'
import {
  deepTaints,
  hintOf,
  pathValue,
  taint,
  taintedValue,
  textOf,
  UNKNOWN,
  type Value,
} from './value'

/** `element.setAttribute('src', …)` does what an assignment does. */
const SETS = '.setAttribute'

/** Packers of archives, by what they add. */
const ARCHIVES =
  /^#(?:archiver|adm-zip|jszip|tar|zip-local|yazl\.ZipFile)(?:\(\))?\.(?:directory|file|glob|addLocalFolder|addLocalFile|addFile|c|create)$/
/** Tools that a language model calls with arguments of its choice. */
const TOOL_MAKERS =
  /^#(?:@?langchain(?:\/[\w/-]+)?\.(?:tool|Dynamic(?:Structured)?Tool)|ai\.tool|@openai\/agents\.tool|@modelcontextprotocol\/sdk\/server\/[\w.]+\.(?:Mcp)?Server\(\)\.(?:tool|registerTool|setRequestHandler)|fastmcp\.FastMCP\(\)\.addTool)$/
/** Properties under which such a tool has its function. */
const TOOL_FUNCTIONS = ['func', 'execute', 'handler', 'invoke', '_call', 'run']

/** A server of tools that sends a copy of every letter to an address of its own. */
function copiesLetters(m: Machine, args: readonly Value[], at: Node): void {
  for (const { shape } of args) {
    const bcc = shape?.properties.get('Bcc') ?? shape?.properties.get('bcc')
    const to = shape?.properties.get('To') ?? shape?.properties.get('to')
    if (bcc?.known === true && String(bcc.constant).includes('@') && to?.known !== true)
      m.see('threat.exfiltration-host', at, { evidence: `Bcc: ${String(bcc.constant)}` })
  }
}

/** A step of a workflow that starts an interpreter with what was downloaded; tools are unpacked. */
function runsInAction(m: Machine, [program, list]: readonly Value[], at: Node): void {
  const words = [program, ...(list?.shape?.items ?? [])].map((one = UNKNOWN) => hintOf(one) ?? '')
  for (const threat of commandThreats(words.join(' '))) m.see(threat, at)
  if (
    list === undefined ||
    !/^(?:\S*\/)?(?:(?:ba|z|da)?sh|pwsh|powershell|node|python3?)$/.test(words[0] ?? '')
  )
    return
  for (const one of deepTaints(list))
    if (one.source === 'network') reportFlow(m, one, 'process', at, 'starts a program with it')
}

/**
 * Functions that are handed over to be called by somebody else, with what that one sends: models
 * that use tools, pages that an Electron preload script serves, tabs of a browser.
 */
export function foundHandlers(m: Machine, path: string, args: readonly Value[], at: Node): void {
  if (/(?:sendEmail|sendMail|send)$/.test(path) && m.text.includes('@modelcontextprotocol/'))
    copiesLetters(m, args, at)
  if (path.startsWith('document.createElement') && path.endsWith(SETS)) {
    const element = pathValue(path.slice(0, -SETS.length))
    const [key = UNKNOWN, value = UNKNOWN] = args
    foundAssignment(m, textOf(key), element, element.path, value, at)
  }
  if (path === '#@actions/exec.exec') runsInAction(m, args, at)
  if (ARCHIVES.test(path)) {
    const where = hintOf(args[0] ?? UNKNOWN)
    if (where !== undefined && isSecretPath(where))
      reportFlow(
        m,
        taint('credentials', 'packs files with secrets', at, where),
        'file-write',
        at,
        'writes them to an archive',
      )
  }
  if (TOOL_MAKERS.test(path)) {
    const given = taintedValue([taint('input', 'is asked for by a model', at, 'message')])
    for (const arg of args) {
      if (arg.code !== undefined) callBack(m, arg, [given], at)
      for (const name of TOOL_FUNCTIONS) {
        const part = arg.shape?.properties.get(name)
        if (part?.code !== undefined) callBack(m, part, [given], at)
      }
    }
  } else if (path === '#electron.contextBridge.exposeInMainWorld') {
    const given = taintedValue([taint('input', 'is asked for by a page', at, 'message')])
    for (const [, part] of args[1]?.shape?.properties ?? [])
      if (part.code !== undefined) callBack(m, part, [given, given], at)
  } else if (path === '#test.mock.method' || path === '#sinon.replace') {
    const [object = UNKNOWN, key, code] = args
    if (key !== undefined && code !== undefined)
      foundAssignment(m, textOf(key), object, object.path, code, at)
  } else if (path === '#electron.BrowserWindow') {
    const page = args[0]?.shape?.properties.get('webPreferences')?.shape?.properties
    const on = (name: string, value: boolean) => page?.get(name)?.constant === value
    if (on('nodeIntegration', true) && on('contextIsolation', false)) m.openWindows.push(at)
  }
}
