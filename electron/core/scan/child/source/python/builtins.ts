import type { Builtin } from './builtin'
import { CALLS } from './builtin-calls'
import { NAMES } from './builtin-names'
import { PATHS } from './builtin-paths'
import { TEXTS } from './builtin-texts'
import { VALUES } from './builtin-values'

/** Functions of Python and its library whose results are known, by their dotted names. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ...NAMES,
  ...CALLS,
  ...PATHS,
  ...TEXTS,
  ...VALUES,
])
