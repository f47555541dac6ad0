import { printable } from '../archive/entry-name'
import type { ParseContext } from '../context'
import {
  type JsonObject,
  type JsonValue,
  listAt,
  objectAt,
  objectsOf,
  readJsonTree,
  textAt,
} from './json-tree'
import { marshalNames } from './marshal-names'

/** Packages whose classes are Keras itself; Keras 3 refuses others in safe mode. */
const KERAS = /^(keras|tf_keras|tensorflow\.(python\.)?keras|keras_(nlp|cv|hub|core|tuner))(\.|$)/
/** Parts of Keras whose functions do more than compute, and can be named by a model (CVE-2025-8747). */
const MACHINERY =
  /^(keras|tf_keras|tensorflow\.(python\.)?keras)(\.src)?\.(utils|saving|config|backend|export|datasets|legacy)(\.|$)/
/** Functions that load a model, and callbacks that write files or send to a server. */
const ACTING =
  /^(load_model|load_weights|save_model|model_from_\w+|clone_model|CSVLogger|ModelCheckpoint|TensorBoard|BackupAndRestore|RemoteMonitor|SwapEMAWeights)$/
/** Layers that read a vocabulary from a file when it is a path (CVE-2025-12058). */
const LOOKUP = /^(String|Integer|Index|Hashed)?(Lookup|TextVectorization)$/

/** Facts of a Keras configuration in JSON; false when the bytes are not one document. */
export function noteKerasText(bytes: Buffer, context: ParseContext, offset: number): boolean {
  const document = readJsonTree(bytes, () => context.checkpoint())
  if (document === undefined || document.end < bytes.length) return false
  noteKeras(document.value, context, offset)
  return true
}

/**
 * Facts of every serialised object of a Keras configuration: {module, class_name, config,
 * registered_name} of Keras 3, {class_name, config} before (keras/src/saving/serialization_lib.py).
 */
export function noteKeras(value: JsonValue, context: ParseContext, offset: number): void {
  for (const object of objectsOf(value)) {
    context.checkpoint()
    const className = textAt(object, 'class_name')
    if (className !== undefined) noteObject(object, className, context, offset)
  }
}

function noteObject(
  object: JsonObject,
  className: string,
  context: ParseContext,
  offset: number,
): void {
  const config = objectAt(object, 'config')
  const add = (name: string, evidence: string) =>
    context.add({
      kind: 'content',
      name,
      location: { offset },
      evidence: printable(evidence.slice(0, 400)),
    })
  const layer = textAt(config, 'name') ?? className
  if (className === 'Lambda') noteLambda(config, layer, add)
  if (className === '__lambda__') add('keras.lambda-layer', codeSentence(layer, config))
  if (className === 'TorchModuleWrapper')
    add('keras.torch-module', `${layer}: a pickled PyTorch module`)
  if (className === 'TFSMLayer')
    add('keras.saved-model-layer', `${layer}: ${textAt(config, 'filepath') ?? 'no path'}`)
  const vocabulary = LOOKUP.test(className) ? textAt(config, 'vocabulary') : undefined
  if (vocabulary !== undefined) add('keras.vocabulary-path', `${layer}: ${vocabulary}`)
  // Keras 2: a node that calls a function of TensorFlow by its public name.
  const called = className === 'TFOpLambda' ? textAt(config, 'function') : undefined
  if (called !== undefined) add(`keras.tensorflow-function.${called}`, called)
  noteReference(object, className, add)
}

/** The object or function that Keras imports by name. */
function noteReference(
  object: JsonObject,
  className: string,
  add: (name: string, evidence: string) => void,
): void {
  const module = textAt(object, 'module')
  const registered = textAt(object, 'registered_name')
  const named = className === 'function' ? functionName(object) : className
  if (module === undefined || module === '') {
    if (/>/.test(registered ?? className)) add('keras.custom-object', registered ?? className)
    return
  }
  // {"module": "builtins", "class_name": "function"} is how Keras writes its own functions.
  if (module === 'builtins' && className === 'function') return
  const path = `${module}.${named}`
  const acts = KERAS.test(module) && ACTING.test(named)
  if (acts || (MACHINERY.test(module) && /^[a-z_]/.test(named)))
    add(`keras.machinery.${path}`, path)
  else if (!KERAS.test(module)) add(`keras.reference.${path}`, path)
}

function functionName(object: JsonObject): string {
  return textAt(object, 'config') ?? textAt(objectAt(object, 'config'), 'name') ?? 'function'
}

/** Keras 2: "function": [code, defaults, closure] or a name. Keras 3: an object '__lambda__' inside. */
function noteLambda(
  config: JsonObject | undefined,
  layer: string,
  add: (name: string, evidence: string) => void,
): void {
  const nested = objectAt(config, 'function')
  // Seen when the walk comes to it.
  if (textAt(nested, 'class_name') === '__lambda__') return
  const [code] = listAt(config, 'function')
  const name =
    textAt(config, 'function') ?? (nested === undefined ? undefined : functionName(nested))
  if (name !== undefined && marshalNames(name) === undefined)
    add('keras.lambda-name', `${layer} calls ${name}`)
  else add('keras.lambda-layer', namesSentence(layer, typeof code === 'string' ? code : name))
}

const codeSentence = (layer: string, config: JsonObject | undefined): string =>
  namesSentence(layer === '__lambda__' ? 'Lambda' : layer, textAt(config, 'code'))

function namesSentence(layer: string, code: string | undefined): string {
  const names = code === undefined ? undefined : marshalNames(code)
  return names === undefined || names.length === 0
    ? `class_name: Lambda, ${layer}`
    : `class_name: Lambda, ${layer}, with the names ${names.join(', ')}`
}
