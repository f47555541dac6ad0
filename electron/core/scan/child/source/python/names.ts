/** Other names of what the tables know under one name; the longest match counts. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/^(__builtins__|__builtin__|six\.moves\.builtins|future\.builtins)(?=\.|$)/, 'builtins'],
  [/^builtins\.__dict__\./, 'builtins.'],
  [/^(posix|nt)(?=\.|$)/, 'os'],
  [/^(posixpath|ntpath|macpath|os\.posixpath)(?=\.|$)/, 'os.path'],
  [/^(cPickle|_pickle|six\.moves\.cPickle|pickle5)(?=\.|$)/, 'pickle'],
  [/^_socket(?=\.|$)/, 'socket'],
  [/^_ctypes(?=\.|$)/, 'ctypes'],
  [/^(urllib2|six\.moves\.urllib\.request)(?=\.|$)/, 'urllib.request'],
  [/^urllib\.(?=(urlopen|urlretrieve)\b)/, 'urllib.request.'],
  [/^httplib(?=\.|$)/, 'http.client'],
  [/^requests\.(api|sessions)(?=\.)/, 'requests'],
  [/^requests\.session\(/, 'requests.Session('],
  [/^(io|codecs|_io|_pyio|tokenize|aiofiles)\.open(_code)?(?=\(|$)/, 'builtins.open'],
  [/^(io|_io)\.FileIO(?=\(|$)/, 'builtins.open'],
  [/^builtins\.file(?=\(|$)/, 'builtins.open'],
  [/^pathlib\.(PosixPath|WindowsPath|PurePath|PurePosixPath)(?=\(|\.|$)/, 'pathlib.Path'],
  [/^os\.getcwdu(?=\(|$)/, 'os.getcwd'],
  [/^socket\.SocketType(?=\(|$)/, 'socket.socket'],
  [/^importlib\._bootstrap\._gcd_import(?=\(|$)/, 'importlib.import_module'],
  [/^importlib\.__import__(?=\(|$)/, 'builtins.__import__'],
  [/^numpy\.lib\.npyio\.load(?=\(|$)/, 'numpy.load'],
]

/** Modules that nearly every module of the standard library holds, with or without underscores. */
const INNER =
  /^([A-Za-z_][\w.]*?)\.(_{0,2}(?:os|sys|subprocess|builtins|__builtins__|importlib|ctypes|socket|pty))(?=\.|$)/
/** Roots whose attributes of these names are their own. */
const OWN =
  /^(asyncio|six|future|tensorflow|torch|eventlet|gevent|trio|anyio|self|jnius|pyodide|test)\b/

const MOST_SAME = 1000
const known = new Map<string, { name: string; hidden: string | undefined }>()

/** The name in the tables; `hidden` when one module was reached through another one's inside. */
export function canonicalName(name: string): { name: string; hidden: string | undefined } {
  const before = known.get(name)
  if (before !== undefined) return before
  const result = canonical(name)
  if (known.size > MOST_SAME) known.clear()
  known.set(name, result)
  return result
}

function canonical(given: string): { name: string; hidden: string | undefined } {
  let name = given
  let hidden: string | undefined
  for (const [pattern, same] of SAME) name = name.replace(pattern, same)
  const inner = INNER.exec(name)
  // socket.socket is a class, not the module inside itself.
  if (inner !== null && !OWN.test(name) && inner[1] !== 'socket') {
    const module = (inner[2] ?? '').replace(/^_+|_+$/g, '')
    const rest = name.slice(inner[0].length)
    if (rest !== '' || module !== 'builtins') {
      hidden = `reaches ${module} through ${inner[1]}`
      name = module + rest
      for (const [pattern, same] of SAME) name = name.replace(pattern, same)
    }
  }
  return { name, hidden }
}

/** Modules that an honest program imports by a statement, not inside an expression. */
const SENSITIVE =
  /^(os|subprocess|builtins|pty|socket|ctypes|commands|popen2|_posixsubprocess|sys)$/

export const isSensitiveModule = (name: string): boolean => SENSITIVE.test(name)
