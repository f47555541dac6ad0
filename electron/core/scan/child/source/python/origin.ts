import { isCredentialPath } from '../places'
import type { Source } from '../vocabulary'
import { CREDENTIAL_CALLS, HOST, isAnswer, REQUESTS } from './knowledge'
import { isMetadataService, isSecretName } from './places'
import type { Node } from './tree'
import { type Taint, textOf, textValue, UNKNOWN, unknownWith, type Value } from './value'

export function origin(source: Source, label: string, node: Node, weak = false): Taint {
  return { source, weak, steps: [{ role: 'source', label, start: node.from, end: node.to }] }
}

const CLIPBOARD =
  /^(pyperclip\.(paste|waitForNewPaste)|clipboard\.paste|win32clipboard\.GetClipboardData|tkinter\.Tk\(\)\.clipboard_get)$/

/** Variables that name folders; the home folder is '~' everywhere in the analysis. */
const FOLDERS: Readonly<Record<string, string>> = {
  HOME: '~',
  USERPROFILE: '~',
  APPDATA: '~/AppData/Roaming',
  LOCALAPPDATA: '~/AppData/Local',
}

/** One variable of the environment; `name` undefined when it is not known which. */
export function environmentValue(name: string | undefined, node: Node): Value {
  if (name === undefined)
    return unknownWith([origin('environment', 'reads an environment variable', node, true)])
  const folder = FOLDERS[name]
  if (folder !== undefined) return textValue('str', folder)
  return unknownWith([
    { ...origin('environment', `reads the variable ${name}`, node, !isSecretName(name)) },
  ])
}

/** Origins that a call by itself gives its result. */
export function originsOfCall(
  name: string,
  about: Value | undefined,
  node: Node,
): readonly Taint[] {
  if (isAnswer(name)) {
    const url = textOf(about ?? UNKNOWN)
    if (url !== undefined && isMetadataService(url))
      return [origin('credentials', 'asks for the credentials of the machine', node)]
    return [origin('network', `receives from the network by ${name.replaceAll('()', '')}`, node)]
  }
  if (HOST.test(name)) return [origin('host', `asks ${name} who this is`, node)]
  if (CREDENTIAL_CALLS.test(name))
    return [origin('credentials', `reads stored credentials by ${name}`, node)]
  if (name === 'sqlite3.connect' && isCredentialPath(textOf(about ?? UNKNOWN) ?? ''))
    return fileOrigins(about, node)
  // The key is in the program as well, so the cipher hides the text from readers only.
  if (name === 'cryptography.fernet.Fernet().decrypt')
    return [origin('decoded', 'decodes by Fernet', node)]
  if (CLIPBOARD.test(name)) return [origin('input', 'reads the clipboard', node)]
  if (REQUESTS.test(name)) return [origin('input', `reads the request by ${name}`, node)]
  if (/^builtins\.open\(\)\.(read|readlines|readline|readall)$/.test(name))
    return fileOrigins(about, node)
  if (
    /^subprocess\.(check_output|getoutput)$/.test(name) &&
    /^(whoami|hostname|id|ifconfig|ipconfig|uname -a|systeminfo)\b/.test(
      textOf(about ?? UNKNOWN) ?? '',
    )
  )
    return [origin('host', 'asks a program who this is', node)]
  return []
}

/** What a file that is read brings with it. */
export function fileOrigins(path: Value | undefined, node: Node): readonly Taint[] {
  const text = textOf(path ?? UNKNOWN)
  if (text !== undefined && isCredentialPath(text))
    return [origin('credentials', `reads ${text.slice(0, 80)}`, node)]
  return [origin('file', 'reads a file', node)]
}
