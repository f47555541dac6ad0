import type { Machine } from './machine'
import type { Node } from './node'
import { taintedValue, UNKNOWN, type Value } from './value'

/** Calls a callback with what a library hands it; does nothing when that tells nothing. */
export function callBack(m: Machine, callback: Value, args: readonly Value[], at: Node): Value {
  if (callback.code === undefined) {
    if (callback.path !== undefined) return m.call(callback, args, UNKNOWN, at, false)
    return taintedValue(args.flatMap((arg) => [...arg.taints]).slice(0, 6))
  }
  return m.invoke(callback.code, args, UNKNOWN, at)
}
