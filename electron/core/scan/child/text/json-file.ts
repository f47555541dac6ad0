import { printable } from '../archive/entry-name'
import { type ByteSource, readBytes } from '../byte-source'
import { COMPLETE, inconclusive, type Outcome, type ParseContext, type Parser } from '../context'
import { pathProblem } from '../graph/data-path'
import { isObject, readJsonTree } from '../graph/json-tree'
import { noteKeras } from '../graph/keras'
import { noteTfjs } from '../graph/tfjs'
import { sourceEngine } from '../source-engine'
import { analyseTemplate } from '../template'
import { JsonError, type JsonScalar, type JsonVisitor, readJson } from '../tensor/json-reader'
import { withoutJsonComments } from './json-comments'
import { readableToTheEnd } from './text'

/** tokenizer.json of large vocabularies has 35 MB; more than this is not read as JSON. */
const MOST_BYTES = 128 * 1024 * 1024
/** A tree takes some ten times its text; configurations of models have a few megabytes. */
const MOST_TREE_BYTES = 24 * 1024 * 1024
/** The longest configuration that is read for its commands. */
const MOST_CONFIG_BYTES = 8 * 1024 * 1024
/** Keys of package.json, tasks.json, devcontainer.json, MCP and agent settings, compose, composer. */
const CONFIG_KEYS =
  /^(scripts|(dev|peer|optional)?[dD]ependencies|resolutions|overrides|tasks|mcpServers|servers|context_servers|hooks|services|jobs|spec|events|nodemonConfig|husky|simple-git-hooks|terminal\.integrated\.[\w.]{1,40}|packages|\*\.[\w{},*]{1,40}|\w{4,16}Command)$/
/** Keys of the document that say what it is. */
const MOST_TOP_KEYS = 256

interface Seen {
  top: Set<string>
  classNames: Set<string>
  backend: string
}

/**
 * A JSON file: plain data is inert. Chat templates in it are analysed, references to code are facts,
 * and files that describe a model for a framework are named.
 */
export const parseJsonFile: Parser = (source, context) => {
  if (source.size > MOST_BYTES)
    return { ...inconclusive(`It is JSON of more than ${MOST_BYTES} bytes.`), format: 'json' }
  const bytes = readBytes(source, 0, source.size)
  const seen: Seen = { top: new Set(), classNames: new Set(), backend: '' }
  const start = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0
  try {
    const document = bytes.subarray(start)
    const tick = () => context.checkpoint()
    const end = readJson(document, visitor(seen, context, start), tick, { python: true })
    // JSON Lines and logs: one document behind the other is text like any other.
    if (end < document.length) return { ...readableToTheEnd(source, context), format: 'text' }
    if (isConfig(seen, document)) sourceEngine().analyseJsonConfig(document, context)
    return judge(seen, context, document)
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    if (error.tooDeep) return { ...inconclusive(`It has ${error.message}.`), format: 'json' }
    return parseWithComments(source, context, bytes.subarray(start))
  }
}

/** Whether the keys are those of a file in which a tool finds commands or dependencies. */
function isConfig({ top }: Seen, document: Buffer): boolean {
  return document.length <= MOST_CONFIG_BYTES && [...top].some((key) => CONFIG_KEYS.test(key))
}

/** Editors and TypeScript write comments and trailing commas into JSON; other text is only text. */
function parseWithComments(
  source: ByteSource,
  context: ParseContext,
  document: Buffer,
): Outcome & { format: string } {
  const text = { ...readableToTheEnd(source, context), format: 'text' }
  if (document.length > MOST_CONFIG_BYTES || text.status !== 'complete') return text
  const plain = withoutJsonComments(document)
  const seen: Seen = { top: new Set(), classNames: new Set(), backend: '' }
  const silent: JsonVisitor = {
    open: () => void depth++,
    close: () => void depth--,
    key: (name) => void (depth === 1 && seen.top.size < MOST_TOP_KEYS && seen.top.add(name)),
    value: () => {},
  }
  let depth = 0
  try {
    const end = readJson(plain, silent, () => context.checkpoint())
    if (end < plain.length) return text
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    return text
  }
  const facts = visitor(seen, context, 0)
  readJson(plain, facts, () => context.checkpoint())
  if (isConfig(seen, plain)) sourceEngine().analyseJsonConfig(plain, context)
  return { ...text, format: 'json' }
}

function visitor(seen: Seen, context: ParseContext, shift: number): JsonVisitor {
  /** Key of each open object on the way, '' for lists. */
  const path: string[] = []
  const where = () => path.filter((key) => key !== '').join('.')
  return {
    open: () => path.push(''),
    close: () => void path.pop(),
    key(name, offset, duplicate) {
      path[path.length - 1] = name
      if (duplicate) context.anomaly('json.duplicate-key', shift + offset, where())
      if (path.length === 1 && seen.top.size < MOST_TOP_KEYS) seen.top.add(name)
    },
    value(value, offset) {
      noteValue(value, shift + offset)
    },
  }

  function noteValue(value: JsonScalar, offset: number): void {
    const key = path.at(-1) ?? ''
    if (key === 'trust_remote_code' && value === true) note('remote-code.trusted', offset, 'true')
    if (typeof value !== 'string') return
    const parent = path.at(-2) ?? ''
    // {"chat_template": "…"}, or a list of {"name": …, "template": …} below that key.
    if (key === 'chat_template' || parent === 'chat_template' || path.at(-3) === 'chat_template')
      if (key !== 'name') analyseTemplate(value, context, { name: where(), offset })
    if (parent === 'auto_map' || path.at(-3) === 'auto_map')
      note('remote-code.auto-map', offset, value)
    // Shards of a split model: {"weight_map": {"layer.weight": "model-00001-of-00002.safetensors"}}.
    if (parent === 'weight_map' && path.length === 2) noteShard(value, offset)
    if (key === '_target_') note(`instantiation.${value}`, offset, value)
    if (key === 'class_name' && seen.classNames.size < 1000) seen.classNames.add(value)
    if (path.length === 1 && key === 'backend') seen.backend = value
  }

  function noteShard(shard: string, offset: number): void {
    const problem = shard === '' ? 'empty' : pathProblem(shard)
    if (problem !== undefined)
      context.anomaly(`index.shard-path.${problem}`, offset, printable(shard.slice(0, 300)))
  }

  function note(name: string, offset: number, evidence: string): void {
    context.add({
      kind: 'content',
      name,
      location: { offset },
      evidence: `${where()}: ${evidence}`,
    })
  }
}

function judge(seen: Seen, context: ParseContext, document: Buffer): Outcome & { format: string } {
  const has = (...keys: string[]) => keys.every((key) => seen.top.has(key))
  const model = modelOutcome(seen, context, document)
  if (model !== undefined) return model
  if (has('cells', 'nbformat'))
    return { ...inconclusive('A notebook is recognised but not parsed yet.'), format: 'notebook' }
  if (has('metadata', 'weight_map')) return { ...COMPLETE, format: 'weight-index' }
  if (has('tokenizer_class') || has('chat_template'))
    return { ...COMPLETE, format: 'tokenizer-config' }
  if (has('architectures') || has('model_type')) return { ...COMPLETE, format: 'model-config' }
  return { ...COMPLETE, format: 'json' }
}

/** Documents that are a model of some framework, or hold objects that Keras would build. */
function modelOutcome(
  seen: Seen,
  context: ParseContext,
  document: Buffer,
): (Outcome & { format: string }) | undefined {
  const has = (...keys: string[]) => keys.every((key) => seen.top.has(key))
  // Trees, linear models and parameters: numbers and names (xgboost, doc/model.schema).
  if (has('learner', 'version')) return { ...COMPLETE, format: 'xgboost-json' }
  const tfjs = has('modelTopology') || has('weightsManifest')
  const keras = has('class_name', 'config') || (has('backend', 'config') && seen.backend !== '')
  const format = tfjs ? 'tfjs' : keras ? 'keras-config' : 'json'
  if (format === 'json' && seen.classNames.size === 0) return undefined
  if (document.length > MOST_TREE_BYTES)
    return { ...inconclusive(`Its model has more than ${MOST_TREE_BYTES} bytes.`), format }
  const tree = readJsonTree(document, () => context.checkpoint())
  if (tree === undefined) return { ...inconclusive('It could not be read again.'), format }
  if (tfjs && isObject(tree.value)) noteTfjs(tree.value, context)
  else noteKeras(tree.value, context, 0)
  return format === 'json' ? undefined : { ...COMPLETE, format }
}
