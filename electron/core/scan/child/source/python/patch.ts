import type { Machine, Mark } from './machine'
import { textOf, type Value } from './value'

/** What everybody else calls: whoever replaces it sees and changes what they do. */
const REPLACED =
  /^(builtins\.(open|exec|eval|compile|__import__|input|getattr|__build_class__)|torch\.(load|save|hub\.load)|pickle\.(loads?|dumps?|Unpickler(\.find_class)?|_loads?)|joblib\.load|numpy\.load|safetensors(\.torch)?\.(load_file|load|safe_open)|transformers\.[\w.]*from_pretrained|socket\.(socket|create_connection|getaddrinfo|gethostbyname)|requests\.(get|post|put|request|Session(\.(request|send|get|post))?)|urllib\.request\.urlopen|http\.client\.HTTPS?Connection(\.\w+)?|subprocess\.(run|Popen|call|check_output)|os\.(system|popen|open)|importlib\.(import_module|reload)|json\.(loads?|dumps?)|getpass\.getpass|hashlib\.\w+|hmac\.compare_digest|ssl\.(SSLContext|match_hostname)|logging\.Logger\.\w+|torch\.nn\.Module\.(__call__|load_state_dict))$/

/** An attribute of something from outside, sys.modules or globals() gets a new value. */
export function checkAssignment(
  machine: Machine,
  name: string,
  key: Value | undefined,
  value: Value,
  node: { from: number; to: number },
): void {
  if (
    name === 'ssl._create_default_https_context' &&
    value.kind === 'ref' &&
    /unverified/.test(value.name)
  )
    machine.report({
      name: 'threat.security-off',
      node,
      detail: { how: 'turns certificate checks off for every HTTPS request' },
    })
  else if (
    REPLACED.test(name) &&
    (value.kind === 'function' ||
      value.kind === 'native' ||
      value.kind === 'class' ||
      value.kind === 'instance')
  )
    machine.report({
      name: 'threat.loader-patch',
      node,
      detail: { how: `replaces ${name} for everybody` },
    })
  else if (name === 'sys.meta_path' || name === 'sys.path_hooks') noteImportHook(machine, node)
  if (name === '<names>' && textOf(key ?? value) === '__builtins__')
    machine.report({ name: 'threat.loader-patch', node, detail: { how: 'replaces __builtins__' } })
}

export function noteImportHook(machine: Machine, node: { from: number; to: number }): void {
  // Lazy imports and vendored packages hook as well; what such a file does besides tells.
  const marks: readonly Mark[] = ['serious', 'process', 'network']
  for (const mark of marks)
    machine.notes.pending.push({
      mark,
      seen: { name: 'threat.import-hook', node, detail: { how: 'decides what import gives' } },
    })
}
