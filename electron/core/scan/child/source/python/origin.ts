import { isCredentialPath } from '../places'
import type { Source } from '../vocabulary'
import { CREDENTIAL_CALLS, HOST, isAnswer, REQUESTS } from './knowledge'
import { isHomeWalk, isMetadataService, isSecretName } from './places'
import type { Node } from './tree'
import {
  HOLE,
  type Taint,
  textOf,
  textValue,
  UNKNOWN,
  unknownWith,
  type Value,
  WALKED,
} from './value'

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
  if (name === 'getpass.getpass' && /sudo|root|windows/i.test(textOf(about ?? UNKNOWN) ?? ''))
    return [origin('credentials', 'asks for the password of the computer', node)]
  if (CLIPBOARD.test(name)) return [origin('input', 'reads the clipboard', node)]
  if (REQUESTS.test(name)) return [origin('input', `reads the request by ${name}`, node)]
  if (/^builtins\.open\(\)\.(read|readlines|readline|readall)$/.test(name))
    return fileOrigins(about, node)
  if (/^(subprocess\.(check_output|getoutput|getstatusoutput|run|Popen)|os\.popen)$/.test(name))
    return originsOfCommand(about, node)
  if (/^inspect\.(getsource|getsourcelines|getcomments)$|^linecache\.getlines?$/.test(name))
    return [origin('file', 'reads its own source', node)]
  if (/^streamlit\.(sidebar\.)?(text_input|text_area|chat_input|file_uploader)$/.test(name))
    return [origin('input', `reads what a visitor typed by ${name}`, node)]
  if (
    /^(importlib\.resources\.(read_text|read_binary|files\(\)(\.\w+\(\))*\.(read_bytes|read_text))|pkgutil\.get_data)$/.test(
      name,
    )
  )
    return [origin('file', `reads ${shortened(textOf(about ?? UNKNOWN) ?? 'a file')}`, node)]
  if (/^(gzip|bz2|lzma|zipfile|tarfile)(\.\w+\(\))+\.(read\w*)$/.test(name))
    return [
      {
        ...origin('file', 'reads a file', node),
        steps: [
          { role: 'source', label: 'reads a file', start: node.from, end: node.to },
          { role: 'step', label: 'decompresses it', start: node.from, end: node.to },
        ],
      },
    ]
  if (/^pandas\.read_(csv|table|parquet|json|excel|sql\w*|feather|orc|hdf)$/.test(name))
    return [origin('file', 'reads a table', node)]
  if (HELD_BY_DATA.test(name)) return [origin('file', 'reads what a model or picture holds', node)]
  if (SPIED.test(name)) return [origin('input', 'records the screen, camera or microphone', node)]
  return []
}

/** Texts and numbers inside files that hold no program. */
const HELD_BY_DATA =
  /^(safetensors\.safe_open\(\)\.metadata|PIL\.Image\.open\(\)\.(getdata|getexif|_getexif|tobytes|getpixel)|cv2\.imread|wave\.open\(\)\.readframes|imageio\.imread|mutagen\.File|stegano\.\w+\.reveal|stepic\.decode|exifread\.process_file)$/

/** Pictures of the screen and of cameras, sounds of the microphone. */
const SPIED =
  /^(PIL\.ImageGrab\.grab|pyautogui\.screenshot|pyscreenshot\.grab|mss\.mss\(\)\.(shot|grab|save)|mss\.MSS\(\)\.(shot|grab)|d3dshot\.create\(\)\.screenshot|sounddevice\.rec|pyaudio\.PyAudio\(\)\.open\(\)\.read)$/

/** What programs print that say who this is, or what nobody else should know. */
function originsOfCommand(command: Value | undefined, node: Node): readonly Taint[] {
  const text =
    command?.kind === 'list'
      ? command.items.map((item) => textOf(item) ?? '').join(' ')
      : textOf(command ?? UNKNOWN)
  if (text === undefined) return []
  if (/^(env|printenv|set|cmd \/c set)\s*$/.test(text))
    return [origin('environment', 'reads the environment', node)]
  if (
    /^(cat|type|less|head|tail)\s/.test(text) &&
    text.split(/\s+/).slice(1).some(isCredentialPath)
  )
    return [origin('credentials', 'reads credentials by a program', node)]
  if (/^(security (dump-keychain|find-\w+-password)|netsh wlan .*key=clear)/.test(text))
    return [origin('credentials', 'reads stored credentials by a program', node)]
  return /^(whoami|hostname|id|ifconfig|ipconfig|uname -a|systeminfo)\b/.test(text)
    ? [origin('host', 'asks a program who this is', node)]
    : []
}

/** What a file that is read brings with it. */
export function fileOrigins(path: Value | undefined, node: Node): readonly Taint[] {
  const text = textOf(path ?? UNKNOWN)
  if (text !== undefined && isCredentialPath(text))
    return [origin('credentials', `reads ${text.slice(0, 80)}`, node)]
  if (text?.includes(WALKED) && isHomeWalk(text))
    return [origin('credentials', 'reads every file of a home folder', node)]
  if (path?.kind === 'ref' && HUB.test(path.name))
    return [
      origin('file', 'reads a file', node),
      origin('network', 'reads a file of a repository', node, true),
    ]
  const recorded = path?.taints.find((taint) => taint.steps[0]?.label.startsWith('records'))
  if (recorded !== undefined) return [recorded]
  return [
    origin(
      'file',
      text === undefined || text === HOLE ? 'reads a file' : `reads ${shortened(text)}`,
      node,
    ),
  ]
}

const shortened = (text: string): string => text.replaceAll(HOLE, '…').slice(-80)

/** Calls that give the path of a file which a hub of models sent. */
export const HUB =
  /^(huggingface_hub\.(hf_hub_download|snapshot_download|cached_download|HfApi\(\)\.(hf_hub_download|snapshot_download))|transformers\.utils\.(hub\.)?cached_file|modelscope\.(hub\.)?snapshot_download)\(\)/
