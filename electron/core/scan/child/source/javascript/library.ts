import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { foundAssignment } from './assignments'
import { callBack } from './callback'
import { mapKey, ownKeys, parsedJson } from './collections'
import type { Machine } from './machine'
import { memberOf } from './member'
import type { Node } from './node'
import { isWholeEnvironment, namesIn, pathSource, WHOLE_ENVIRONMENT } from './sources'
import { joinText } from './text-parts'
import {
  arrayShape,
  constantValue,
  deepTaints,
  HOLE,
  hintOf,
  hintValue,
  joinTaints,
  joinValues,
  objectShape,
  pathValue,
  shapeValue,
  stepped,
  taint,
  taintedValue,
  textOf,
  UNDEFINED,
  UNKNOWN,
  type Value,
  withTaints,
} from './value'

/** Bytes that a decompressed literal may have. */
const MOST_INFLATED = 4 << 20

/** Functions of the language and of Node that change values without doing anything. */
export function foldLibrary(
  m: Machine,
  callee: Value,
  path: string,
  args: readonly Value[],
  at: Node,
): Value | undefined {
  const [first, second] = args
  switch (path) {
    case '%spread':
    case 'Object.assign':
    case 'Object.freeze':
    case 'JSON.parse':
      if (path === 'JSON.parse' && /"__proto__"\s*:/.test(hintOf(first ?? UNKNOWN) ?? ''))
        return pathValue('%polluting')
      if (path === 'JSON.parse' && second === undefined) {
        const parsed = parsedJson(first)
        if (parsed !== undefined) return withTaints(parsed, all(args, at))
      }
      return withTaints(
        path === 'Object.assign' || path === 'Object.freeze' ? (first ?? UNKNOWN) : UNKNOWN,
        all(args, at),
      )
    case 'Object.keys':
    case 'Reflect.ownKeys':
    case 'Object.getOwnPropertyNames': {
      if (first === undefined) return UNKNOWN
      const { shape } = first
      if (first.path === undefined && shape?.exact === true && shape.items === undefined)
        return shapeValue(arrayShape(ownKeys(shape).map((key) => constantValue(key))))
      return taintedValue(namesIn(first, at))
    }
    case 'Object.values':
    case 'Object.entries': {
      const shape = first?.path === undefined ? first?.shape : undefined
      if (shape?.exact !== true || shape.items !== undefined) return undefined
      const entries = [...shape.properties].map(([key, value]) =>
        path === 'Object.values' ? value : shapeValue(arrayShape([constantValue(key), value])),
      )
      return withTaints(shapeValue(arrayShape(entries)), first?.taints ?? [])
    }
    case 'Object.fromEntries':
      return taintedValue(all(args, at))
    case 'Deno.env.get':
    case 'Bun.env.get': {
      const source = pathSource(`process.env.${textOf(first ?? UNKNOWN) ?? '*'}`, at)
      return source === undefined ? UNKNOWN : taintedValue([source])
    }
    case '%function()':
    case '%function':
      return callee.shape?.properties.get('%result') ?? UNKNOWN
    case 'atob':
    case 'unescape':
    case 'decodeURIComponent':
      return taintedValue(
        decoded(args, at, path === 'atob' ? 'decodes Base64' : 'decodes escapes', path !== 'atob'),
      )
    case 'String.fromCharCode':
    case 'String.fromCodePoint':
      return taintedValue(
        joinTaints([taint('decoded', 'decodes character codes', at, '*', true)], all(args, at)),
      )
    case 'Buffer.from':
    case 'Buffer':
      return bytes(first, second, at)
    case 'Array':
      return shapeValue(
        arrayShape(args.length === 1 && typeof first?.constant === 'number' ? [] : [...args]),
      )
    case 'Array.from':
    case 'Uint8Array.from':
    case 'Uint8Array': {
      if (first?.shape?.items === undefined) return taintedValue(all(args, at))
      return second?.code === undefined ? first : undefined
    }
    case 'TextDecoder().decode': {
      const items = first?.shape?.items
      const codes = items?.map((item) => item.constant)
      if (
        first?.shape?.exact !== true ||
        codes === undefined ||
        !codes.every((code) => typeof code === 'number')
      )
        return first?.constant instanceof Uint8Array
          ? constantValue(Buffer.from(first.constant).toString('utf8'), true, first.taints)
          : taintedValue(all(args, at))
      return constantValue(Buffer.from(codes.map(Number)).toString('utf8'), true, [
        taint('decoded', 'decodes character codes', at),
      ])
    }
    case '#zlib.gunzipSync':
    case '#zlib.inflateSync':
    case '#zlib.inflateRawSync':
    case '#zlib.unzipSync':
    case '#zlib.brotliDecompressSync':
      return inflated(path, first, args, at)
    case 'Reflect.apply':
      return first === undefined
        ? UNKNOWN
        : m.call(
            { ...first, built: true },
            args[2]?.shape?.items ?? args.slice(2),
            second ?? UNKNOWN,
            at,
            false,
          )
    case 'Reflect.construct':
      return first === undefined
        ? UNKNOWN
        : m.call(
            { ...first, built: true },
            second?.shape?.items ?? args.slice(1),
            UNKNOWN,
            at,
            true,
          )
    case 'Reflect.get':
      return first === undefined || second === undefined
        ? UNKNOWN
        : memberOf(m, first, textOf(second), true, undefined, at)
    case 'Object.getPrototypeOf':
    case 'Reflect.getPrototypeOf':
      return first?.code === undefined ? UNKNOWN : first
    case '#util.promisify':
    case '#util.callbackify':
    case 'Object':
    case 'structuredClone':
    case 'import.meta.resolve':
      return first ?? UNKNOWN
    case 'Promise.resolve':
      return first ?? UNDEFINED
    case 'Promise':
      if (first?.code !== undefined) return promise(m, first, at)
      return UNKNOWN
    case 'Promise.all':
      return first ?? UNKNOWN
    case '#path.join':
    case '#path.resolve':
    case '#path.posix.join':
    case '#path.win32.join':
      return withTaints(joinText(args.map(homeOf), '/'), all(args, at))
    case '#os.homedir':
      return hintValue('~')
    case '#os.tmpdir':
      return hintValue('/tmp')
    case 'process.cwd':
      return hintValue(`${HOLE}`)
    case 'URL':
      return first?.known === true || first?.hint !== undefined
        ? withTaints(first, all(args, at))
        : undefined
    case 'Proxy': {
      const trap = second?.shape?.properties.get('get')
      if (trap?.code === undefined) return first ?? UNKNOWN
      if (first !== undefined && isWholeEnvironment(first))
        callBack(m, trap, [first, taintedValue([taint('names', 'lists the variables', at)])], at)
      const shape = objectShape()
      shape.properties.set('%get', trap)
      if (first !== undefined) shape.properties.set('%target', first)
      return { ...pathValue('%proxy'), shape }
    }
    case 'Set': {
      const text = first === undefined ? undefined : textOf(first)
      const items =
        text === undefined
          ? first?.shape?.items
          : [...text.slice(0, 10_000)].map((one) => constantValue(one, true))
      if (items === undefined || !items.every((one) => one.known)) return undefined
      const unique = new Map(items.map((one) => [one.constant, one]))
      return { ...pathValue('Set()'), shape: arrayShape([...unique.values()]) }
    }
    case 'Error':
    case 'TypeError': {
      const shape = objectShape()
      if (first !== undefined) shape.properties.set('message', { ...first, built: first.known })
      return { ...pathValue('Error()'), shape }
    }
    case 'Symbol': {
      const shape = objectShape()
      if (first?.known === true) shape.properties.set('description', first)
      return { ...pathValue('Symbol()'), shape }
    }
    case 'Map':
    case 'WeakMap': {
      const shape = objectShape()
      for (const pair of first?.shape?.items ?? []) {
        const [key, value = UNKNOWN] = pair.shape?.items ?? []
        const name = key === undefined ? undefined : mapKey(key)
        if (name === undefined) shape.rest = joinValues(shape.rest, value)
        else shape.properties.set(name, value)
      }
      return { ...pathValue('Map()', false, all(args, at)), shape }
    }
    case 'Object.defineProperty': {
      const descriptor = args[2]?.shape?.properties
      const value = descriptor?.get('value') ?? descriptor?.get('get')
      const key = second === undefined ? undefined : textOf(second)
      if (first?.shape !== undefined && key !== undefined && value !== undefined)
        first.shape.properties.set(
          key,
          descriptor?.has('value') === true || value.code === undefined ? value : value.code.result,
        )
      for (const part of [value, descriptor?.get('set')])
        if (first?.path !== undefined && part?.code !== undefined)
          foundAssignment(m, key, first, first.path, part, at)
      return first ?? UNKNOWN
    }
    default:
      return undefined
  }
}

const homeOf = (value: Value): Value =>
  value.path === 'process.env.HOME' || value.path === 'process.env.USERPROFILE'
    ? hintValue('~', value.taints)
    : value

function all(args: readonly Value[], at: Node): Value['taints'] {
  let taints: Value['taints'] = []
  for (const arg of args) {
    taints = joinTaints(taints, deepTaints(arg))
    if (arg.path !== undefined && WHOLE_ENVIRONMENT.has(arg.path))
      taints = joinTaints(taints, [taint('environment', 'reads the environment', at)])
  }
  return taints
}

function decoded(
  args: readonly Value[],
  at: Node,
  label: string,
  silent: boolean,
): Value['taints'] {
  const before = stepped(all(args, at), label, at)
  if (silent || before.some((one) => one.source === 'decoded')) return before
  return joinTaints(before, [taint('decoded', label, at, '*', true)])
}

function bytes(first: Value | undefined, second: Value | undefined, at: Node): Value {
  if (first === undefined) return UNKNOWN
  const encoding = second === undefined ? undefined : textOf(second)
  const text = textOf(first)
  const encoded = encoding === 'base64' || encoding === 'hex' || encoding === 'base64url'
  const label = encoding === 'hex' ? 'decodes hex' : 'decodes Base64'
  if (text !== undefined && (encoding === undefined || Buffer.isEncoding(encoding))) {
    const value = new Uint8Array(Buffer.from(text, encoding ?? 'utf8'))
    const before = encoded ? stepped(first.taints, label, at) : first.taints
    const taints =
      encoded && !before.some((one) => one.source === 'decoded')
        ? joinTaints([taint('decoded', label, at)], before)
        : before
    return constantValue(value, true, taints)
  }
  const codes = first.shape?.items?.map((item) => item.constant)
  if (first.shape?.exact === true && codes?.every((code) => typeof code === 'number') === true)
    return constantValue(new Uint8Array(codes.map(Number)), true, [
      taint('decoded', 'decodes character codes', at),
    ])
  return taintedValue(encoded ? decoded([first], at, label, false) : deepTaints(first))
}

function inflated(path: string, first: Value | undefined, args: readonly Value[], at: Node): Value {
  const taints = stepped(all(args, at), 'decodes compressed data', at)
  if (!(first?.constant instanceof Uint8Array)) return taintedValue(taints)
  const inflate = path.endsWith('gunzipSync')
    ? gunzipSync
    : path.endsWith('RawSync')
      ? inflateRawSync
      : inflateSync
  try {
    const value = inflate(first.constant, { maxOutputLength: MOST_INFLATED })
    return constantValue(new Uint8Array(value), true, taints)
  } catch {
    // Broken, or too large: still something that was decoded.
    return taintedValue(taints)
  }
}

/** new Promise((resolve) => …): its value is what `resolve` is called with. */
function promise(m: Machine, executor: Value, at: Node): Value {
  const shape = arrayShape([])
  const resolve: Value = { ...pathValue('%resolve'), shape }
  callBack(m, executor, [resolve], at)
  const [held] = shape.items ?? []
  return held ?? taintedValue(shape.rest.taints)
}
