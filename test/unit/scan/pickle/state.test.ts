import { describe, expect, test } from 'vitest'
import { pickle } from '../../../fixtures/pickle-writer'
import { scan } from './recording-context'

const TEMPLATE = `
def _parse_args(self, a, b,  loc=0, scale=1):
    return (a, b, ), loc, scale

def _parse_args_rvs(self, a, b,  loc=0, scale=1, size=None):
    return self._argcheck_rvs(a, b,  loc, scale, size=size)

def _parse_args_stats(self, a, b,  loc=0, scale=1, moments='mv'):
    return (a, b, ), loc, scale, moments
`

/** An instance of a class with a state of texts. */
const restored = (module: string, name: string, state: Record<string, string>) =>
  scan(
    pickle(4).import(module, name).emptyTuple().newObj().value(state).build().stop().bytes(),
  ).names('structure')

const distribution = (template: string) =>
  restored('scipy.stats._continuous_distns', 'beta_gen', { _parse_arg_template: template })
const formula = (text: string) => restored('statsmodels.base.data', 'PandasData', { formula: text })

describe('the state of an object', () => {
  test('of a distribution is what scipy writes', () => {
    expect(distribution(TEMPLATE)).toEqual([])
  })

  test.each([
    "print('harmless')",
    `${TEMPLATE}print('harmless')\n`,
    TEMPLATE.replace('scale=1', "scale=print('harmless')"),
    TEMPLATE.replace('return (a, b, )', 'return print(a)'),
  ])('of a distribution that does more is code: %j', (template) => {
    expect(distribution(template)).toEqual(['pickle.code-in-state'])
  })

  test.each(['y ~ x', 'y ~ np.log(abs(b)) + C(group)', 'y ~ a:b + I(a**2) - 1', 'y ~ Q("a.b")'])(
    'of a model may hold the formula %s',
    (text) => {
      expect(formula(text)).toEqual([])
    },
  )

  test.each([
    "y ~ __import__('os').system('echo harmless')",
    'y ~ open("x")',
    'y ~ np.load("x")',
    'y ~ (lambda: x)()',
    'y ~ x.y.z(1)',
    "y ~ f'{x}'",
  ])('of a model may not hold the formula %s', (text) => {
    expect(formula(text)).toEqual(['pickle.code-in-state'])
  })

  test('with more entries than are kept is not taken for a harmless one', () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`k${n}`, 'v']))
    const names = restored('scipy.stats._continuous_distns', 'beta_gen', many)
    expect(names).toEqual(['pickle.unread-state'])
  })

  test('that exchanges the function of a partial tells the new one as called', () => {
    const bytes = pickle(4)
      .import('functools', 'partial')
      .import('builtins', 'len')
      .tuple1()
      .reduce()
      .mark()
      .import('os', 'system')
      .emptyTuple()
      .emptyDict()
      .none()
      .tuple()
      .build()
      .stop()
      .bytes()
    const result = scan(bytes)
    expect(result.names('structure')).toEqual(['pickle.changed-partial'])
    expect(result.names('call')).toContain('os.system')
  })
})

describe('a name that getattr finds', () => {
  const found = (module: string, name: string, attribute: string) =>
    scan(
      pickle(4)
        .import('builtins', 'getattr')
        .import(module, name)
        .text(attribute)
        .tuple2()
        .reduce()
        .stop()
        .bytes(),
    )

  test('is told instead of getattr', () => {
    const result = found('http', 'HTTPStatus', 'OK')
    expect(result.names('import')).toEqual(['http.HTTPStatus', 'http.HTTPStatus.OK'])
    expect(result.names('call')).toEqual([])
  })

  test('is the name of the class where the object is an instance', () => {
    const bytes = pickle(4)
      .import('builtins', 'getattr')
      .import('pathlib', 'PosixPath')
      .text('x')
      .tuple1()
      .reduce()
      .text('write_text')
      .tuple2()
      .reduce()
      .stop()
      .bytes()
    expect(scan(bytes).names('import')).toContain('pathlib.PosixPath.write_text')
  })
})

describe('a class that is handed to a function', () => {
  test('counts as called', () => {
    const bytes = pickle(4)
      .import('numpy.random._pickle', '__generator_ctor')
      .text('x')
      .import('sklearn.base', 'BaseEstimator')
      .tuple2()
      .reduce()
      .stop()
      .bytes()
    expect(scan(bytes).names('call')).toEqual([
      'numpy.random._pickle.__generator_ctor',
      'sklearn.base.BaseEstimator',
    ])
  })
})

describe('bytes for a loader', () => {
  const loads = (write: (writer: ReturnType<typeof pickle>) => ReturnType<typeof pickle>) =>
    scan(
      write(pickle(4).import('torch.storage', '_load_from_bytes')).tuple1().reduce().stop().bytes(),
    )

  test('that are computed are never complete', () => {
    const result = loads((w) => w.import('builtins', 'bytes').value([78, 46]).tuple1().reduce())
    expect(result.names('structure')).toEqual(['pickle.computed-bytes'])
    expect(result.outcome.status).toBe('inconclusive')
  })

  test('that are written as they are are scanned as the file they are', () => {
    const inner = pickle(2).value({ a: 1 }).stop().bytes()
    const result = loads((w) => w.shortBinBytes(inner))
    expect(result.outcome.status).toBe('complete')
    expect(result.names('member')).toHaveLength(1)
  })

  test('that are no file of any kind are never complete', () => {
    expect(loads((w) => w.shortBinBytes('not a model')).outcome.status).toBe('inconclusive')
  })
})
