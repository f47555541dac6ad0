import { attributeOfClass } from './function'
import { REQUESTS } from './knowledge'
import type { Machine } from './machine'
import { canonicalName, isSensitiveModule } from './names'
import { origin } from './origin'
import type { Node } from './tree'
import {
  dataValue,
  HOLE,
  refValue,
  taintsOf,
  textOf,
  textValue,
  UNKNOWN,
  unionTaints,
  unknownWith,
  type Value,
} from './value'

const CLASS_WALK = /^__(class|base|bases|mro|subclasses|getattribute)__$/

/** `on.name`. */
export function attributeOf(
  machine: Machine,
  on: Value,
  name: string,
  node: Node,
  hidden?: string,
): Value {
  const why = hidden ?? on.hidden
  if (name === '__globals__' || name === 'f_globals' || name === 'func_globals')
    return refValue('<globals>', [], 'goes through __globals__')
  switch (on.kind) {
    case 'ref':
      return attributeOfRef(on, name, node, why)
    case 'instance':
    case 'class':
      return attributeOfObject(machine, on, name, node)
    case 'function':
      if (name === '__call__') return on
      if (name === '__doc__') return docstringOf(machine, on.fn.body) ?? UNKNOWN
      return unknownWith(on.taints)
    case 'none':
    case 'unknown':
      if (name === '__class__' && on.kind === 'none')
        return refValue('<class>', [], 'starts at the class of a literal')
      return on.taints.length === 0 ? UNKNOWN : { ...unknownWith(on.taints) }
    case 'native':
      return on
    default: {
      if (CLASS_WALK.test(name)) return refValue('<class>', [], 'starts at the class of a literal')
      const path = attributeOfPath(on, name)
      return path ?? dataValue({ kind: 'method', name, on })
    }
  }
}

/** The text that a body begins with. */
export function docstringOf(machine: Machine, body: Node): Value | undefined {
  const statement = body.kids.find((kid) => kid.type !== ':')
  const [text] = statement?.type === 'ExpressionStatement' ? statement.kids : []
  return text?.type === 'String' ? machine.evaluate(text, machine.module) : undefined
}

/** pathlib's attributes; paths are texts here. */
function attributeOfPath(on: Value, name: string): Value | undefined {
  const text = textOf(on)
  if (text === undefined) return undefined
  const cut = Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\'))
  if (name === 'parent') return textValue('partial', cut > 0 ? text.slice(0, cut) : HOLE, on.taints)
  if (name === 'name') return textValue('partial', text.slice(cut + 1), on.taints)
  return undefined
}

/** Packages that no delivery brings along: whoever writes beside them changes what others run. */
const INSTALLED =
  /^(torch|transformers|diffusers|datasets|huggingface_hub|tokenizers|safetensors|accelerate|peft|numpy|pandas|sklearn|tensorflow|keras|requests|urllib3|pip|setuptools|fastapi|gradio|streamlit)(\.\w+)*$/

function attributeOfRef(
  on: Value & { kind: 'ref' },
  name: string,
  node: Node,
  hidden: string | undefined,
): Value {
  if (name === '__file__' && on.kind === 'ref' && INSTALLED.test(on.name))
    return textValue(
      'str',
      `/usr/lib/python3/site-packages/${on.name.replaceAll('.', '/')}/__init__.py`,
    )
  if (on.name.startsWith('<')) return attributeOfWalk(on, name)
  if (name === '__class__' || name === '__mro__' || name === '__base__' || name === '__bases__')
    return refValue('<class>', on.taints, on.hidden)
  if (name === '__call__') return on
  const joined = canonicalName(`${on.name}.${name}`)
  const why = hidden ?? joined.hidden
  // The interpreter itself, wherever it is installed.
  if (joined.name === 'sys.executable') return textValue('str', 'python3')
  let taints = on.taints
  if (joined.name === 'os.environ' || joined.name === 'os.environb')
    taints = [origin('environment', 'reads the environment', node)]
  else if (
    /^(PIL\.Image\.open\(\)\.(info|text)|onnx\.load\(\)\.(metadata_props|doc_string))$/.test(
      joined.name,
    )
  )
    taints = [origin('file', 'reads what a model or picture holds', node)]
  else if (/^(uuid\.UUID\(\)\.bytes(_le)?|ipaddress\.\w+\(\)\.packed)$/.test(joined.name))
    taints = unionTaints(taints, [origin('decoded', 'builds bytes from numbers', node, true)])
  else if (REQUESTS.test(joined.name) && taints.length === 0)
    taints = [origin('input', `reads ${joined.name}`, node)]
  const value = refValue(joined.name, taints, why)
  return on.about === undefined ? value : { ...value, about: on.about }
}

/** ().__class__.__base__.__subclasses__() and its like. */
function attributeOfWalk(on: Value & { kind: 'ref' }, name: string): Value {
  if (name === '__subclasses__') return refValue('<subclasses>', on.taints, on.hidden)
  if (/^__(base|bases|mro|class)__$/.test(name)) return refValue('<object>', on.taints, on.hidden)
  if (on.name === '<subclass>' && /^__(init|new|repr|call|enter|exit|wakeup|reduce)__$/.test(name))
    return { ...on }
  if (name === 'load_module' && on.name === '<subclass>')
    return refValue('builtins.__import__', on.taints, on.hidden ?? 'walks the classes')
  // The methods of the dict that it is.
  if (on.name === '<globals>')
    return name === 'get' || name === 'pop'
      ? refValue('<globals>.get', on.taints, on.hidden)
      : UNKNOWN
  if (on.name === '<names>') return refValue(`<names>.${name}`, on.taints, on.hidden)
  if (on.name === '<subclass>') {
    const rest = canonicalName(name)
    return refValue(
      isSensitiveModule(rest.name) ? rest.name : '<subclass>',
      on.taints,
      on.hidden ?? 'walks the classes',
    )
  }
  return refValue(on.name, on.taints, on.hidden)
}

function attributeOfObject(
  machine: Machine,
  on: Value & { kind: 'instance' | 'class' },
  name: string,
  node: Node,
): Value {
  const found = attributeOfClass(on.cls, name)
  if (found !== undefined) {
    if (found.kind !== 'function' || on.kind === 'class' || found.fn.isStatic) return found
    return { ...found, fn: { ...found.fn, self: on } }
  }
  if (name === '__class__') return dataValue({ kind: 'class', cls: on.cls })
  if (CLASS_WALK.test(name)) return refValue('<class>', [])
  const base = on.cls.bases.find((one) => one.kind === 'ref')
  if (base?.kind === 'ref')
    return machine.attribute(
      { ...base, name: on.kind === 'instance' ? `${base.name}()` : base.name },
      name,
      node,
    )
  return unknownWith(unionTaints(on.taints, taintsOf(on)))
}
