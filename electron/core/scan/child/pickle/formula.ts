/**
 * Names that formulas of patsy call: its own (patsy/builtins.py, patsy/splines.py, …), arithmetic of
 * Python and of numpy. Everything else is looked up where the model was fitted, which a file that is
 * loaded elsewhere cannot count on.
 */
const CALLED = new Set(
  (
    'C I Q Treatment Poly Sum Helmert Diff bs cr cc te center standardize scale lag abs min max ' +
    'round pow len int float bool str log log1p log2 log10 exp expm1 sqrt sin cos tan power square'
  ).split(' '),
)
const NUMPY_CALLED =
  /^(np|numpy)\.(abs|absolute|add|a?r?c?(sin|cos|tan)h?|cbrt|ceil|clip|cumsum|diff|divide|exp|exp2|expm1|fabs|floor|log|log10|log1p|log2|maximum|mean|median|minimum|mod|multiply|nan_to_num|negative|power|reciprocal|round|sign|sqrt|square|std|subtract|sum|var|where|isnan|asarray|array)$/

const TOKEN =
  /\s+|[A-Za-z_][\w.]*|\d[\d.]*(?:[eE][+-]?\d+)?|'[^'\\\n]{0,200}'|"[^"\\\n]{0,200}"|[-+*/:~|&^%()[\],<>=!]/y

/** Longest formula that is read, characters. */
const MOST_CHARACTERS = 20_000

/**
 * Whether a formula of patsy ('y ~ np.log(x) + C(group)') only computes: known functions, names of
 * columns, numbers, texts and operators. What cannot be read is no such formula.
 */
export function isDataFormula(formula: string): boolean {
  if (formula.length > MOST_CHARACTERS) return false
  TOKEN.lastIndex = 0
  let callee = ''
  for (let at = 0; at < formula.length; ) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(formula)?.[0]
    if (token === undefined) return false
    at += token.length
    if (token.trim() === '') continue
    if (token.includes('__')) return false
    if (token === '(' && callee !== '' && !CALLED.has(callee) && !NUMPY_CALLED.test(callee))
      return false
    if (token === '(' && callee === ')') return false
    // f'{…}' is evaluated too.
    if (/^['"]/.test(token) && callee !== '') return false
    // Q("a.b") quotes the name of a column; an attribute of anything but numpy is no column.
    if (/^[A-Za-z_]\w*\./.test(token) && !/^(np|numpy)\.\w+$/.test(token)) return false
    callee = /^([A-Za-z_]|\)|\])/.test(token) ? token : ''
  }
  return true
}
