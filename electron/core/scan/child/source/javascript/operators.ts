import { type Constant, LONGEST_TEXT } from './value'

/** `+ - * / % ** & | ^ << >> >>>` and comparisons of constants. */
export function foldBinary(
  operator: string,
  a: Constant,
  b: Constant,
): { value: Constant } | undefined {
  if (typeof a === 'object' && a !== null) return undefined
  if (typeof b === 'object' && b !== null) return undefined
  if (operator === '===' || operator === '!==') return { value: (a === b) === (operator === '===') }
  if (typeof a === 'bigint' || typeof b === 'bigint') return undefined
  if (operator === '==' || operator === '!=') {
    // biome-ignore lint/suspicious/noDoubleEquals: it folds the operator of the scanned program
    return { value: (a == b) === (operator === '==') }
  }
  if (operator === '+') {
    if (typeof a === 'string' || typeof b === 'string') {
      const text = `${a}${b}`
      return text.length <= LONGEST_TEXT ? { value: text } : undefined
    }
    return { value: Number(a) + Number(b) }
  }
  if (['<', '>', '<=', '>='].includes(operator)) {
    const strings = typeof a === 'string' && typeof b === 'string'
    const [x, y] = strings ? [a, b] : [Number(a), Number(b)]
    return {
      value:
        operator === '<' ? x < y : operator === '>' ? x > y : operator === '<=' ? x <= y : x >= y,
    }
  }
  const value = arithmetic(operator, Number(a), Number(b))
  return value === undefined ? undefined : { value }
}

function arithmetic(operator: string, a: number, b: number): number | undefined {
  switch (operator) {
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
      return a % b
    case '**':
      return a ** b
    case '&':
      return a & b
    case '|':
      return a | b
    case '^':
      return a ^ b
    case '<<':
      return a << b
    case '>>':
      return a >> b
    case '>>>':
      return a >>> b
    default:
      return undefined
  }
}
