import { describe, expect, test } from 'vitest'
import { dense, hdf5, kerasArchive, kerasModel, lambdaCode } from '../../../fixtures/keras-writer'
import { scanBytes } from '../../../fixtures/scan-bytes'
import { writeZip } from '../../../fixtures/zip-writer'

const scan = (...layers: unknown[]) =>
  scanBytes(Buffer.from(JSON.stringify(kerasModel(...layers))), { name: 'config.json' })
const rulesOf = (...layers: unknown[]) => scan(...layers).findings.map(({ ruleId }) => ruleId)
const layer = (class_name: string, config: unknown, module = 'keras.layers') => ({
  module,
  class_name,
  config,
  registered_name: null,
})
/** How Keras 3 writes a function by its name. */
const named = (module: string, config: string) => layer('function', config, module)

describe('a Keras configuration', () => {
  test('of layers of Keras is complete and clean', () => {
    const activation = named('builtins', 'relu')
    const result = scan(dense, layer('Activation', { name: 'a', activation }))
    expect(result).toMatchObject({ format: 'keras-config', status: 'complete', verdict: 'clean' })
    expect(result.findings).toEqual([])
  })

  test.each([
    ['Keras 2', { name: 'l', function: [lambdaCode('os', 'system'), null, null] }],
    [
      'Keras 3',
      {
        name: 'l',
        function: { class_name: '__lambda__', config: { code: lambdaCode('os', 'system') } },
      },
    ],
  ])('with a Lambda layer of %s is malicious and shows the names in it', (_, config) => {
    const [finding] = scan(layer('Lambda', config)).findings
    expect(finding?.ruleId).toBe('content.keras-lambda')
    expect(finding?.evidence).toContain('with the names os, system')
  })

  test('with a Lambda layer that only names a function is suspicious', () => {
    const config = { name: 'l', function: 'my_function', function_type: 'function' }
    expect(rulesOf(layer('Lambda', config))).toEqual(['keras.lambda-name'])
  })

  test.each<[string, unknown, string]>([
    ['os.system (CVE-2025-1550)', named('os', 'system'), 'keras.dangerous-reference'],
    [
      'subprocess.Popen',
      layer('Popen', { args: ['echo'] }, 'subprocess'),
      'keras.dangerous-reference',
    ],
    ['get_file (CVE-2025-8747)', named('keras.utils', 'get_file'), 'keras.machinery'],
    [
      'enable_unsafe_deserialization (CVE-2025-9906)',
      named('keras.config', 'enable_unsafe_deserialization'),
      'keras.machinery',
    ],
    ['func_load', named('keras.src.utils.python_utils', 'func_load'), 'keras.machinery'],
    ['TorchModuleWrapper (CVE-2025-49655)', layer('TorchModuleWrapper', {}), 'keras.torch-module'],
    ['TFSMLayer', layer('TFSMLayer', { filepath: '/tmp/model' }), 'keras.saved-model-layer'],
    [
      'a vocabulary path (CVE-2025-12058)',
      layer('StringLookup', { name: 's', vocabulary: '/etc/passwd' }),
      'keras.vocabulary-path',
    ],
    [
      'a function of TensorFlow that writes',
      layer('TFOpLambda', { name: 't', function: 'io.write_file' }),
      'keras.tensorflow-function',
    ],
    ['a class of another package', layer('Mine', {}, 'my_package.layers'), 'keras.foreign-module'],
  ])('with %s is reported', (_, broken, ruleId) => {
    expect(rulesOf(dense, broken)).toEqual([ruleId])
  })

  test.each([
    layer('StringLookup', { name: 's', vocabulary: ['a', 'b'] }),
    layer('TFOpLambda', { name: 't', function: 'math.multiply' }),
    layer('Dense', { kernel_initializer: layer('GlorotUniform', {}, 'keras.initializers') }),
    { class_name: 'Dense', config: { name: 'dense' } },
  ])('with %j is clean', (honest) => {
    expect(scan(honest)).toMatchObject({ status: 'complete', verdict: 'clean' })
  })

  test('behind a number that only Python reads is read all the same', () => {
    const text = JSON.stringify(kerasModel(named('os', 'system'))).replace('{', '{"a": NaN, ')
    expect(scanBytes(Buffer.from(text)).verdict).toBe('malicious')
  })

  test('nested deeper than is read is not clean', () => {
    const text = `{"class_name":"A","config":${'['.repeat(150)}${']'.repeat(150)}}`
    expect(scanBytes(Buffer.from(text)).status).toBe('inconclusive')
  })

  test('with a key of an object prototype is read like any other', () => {
    const text = JSON.stringify(kerasModel(dense)).replace('"name"', '"__proto__"')
    expect(scanBytes(Buffer.from(text))).toMatchObject({ status: 'complete', verdict: 'clean' })
  })
})

describe('a .keras archive', () => {
  test('is a Keras model whose weights are not read', () => {
    const result = scanBytes(kerasArchive(kerasModel(dense)))
    expect(result).toMatchObject({ format: 'keras', status: 'inconclusive', verdict: 'unknown' })
    expect(result.reason).toContain('model.weights.h5')
  })

  test('has its configuration read', () => {
    expect(scanBytes(kerasArchive(kerasModel(named('os', 'system')))).verdict).toBe('malicious')
  })

  const text = JSON.stringify(kerasModel(named('os', 'system')))
  const wide = (order: 'LE' | 'BE') =>
    Buffer.concat(
      [...text].map((char) => {
        const bytes = Buffer.alloc(4)
        bytes[`writeUInt32${order}`](char.codePointAt(0) ?? 0)
        return bytes
      }),
    )
  const narrow = Buffer.from(text, 'utf16le')
  test.each<[string, Buffer]>([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16', narrow],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 of the other order', Buffer.from(narrow).swap16()],
    ['UTF-32', wide('LE')],
    ['UTF-32 of the other order', wide('BE')],
  ])('has its configuration read in %s, as Python does', (_, config) => {
    const archive = writeZip([
      { name: 'metadata.json', data: Buffer.from('{}') },
      { name: 'config.json', data: config },
    ])
    expect(scanBytes(archive).verdict).toBe('malicious')
  })

  test('whose configuration is not JSON is not clean', () => {
    const archive = writeZip([
      { name: 'metadata.json', data: Buffer.from('{}') },
      { name: 'config.json', data: Buffer.from('{"class_name": ') },
    ])
    expect(scanBytes(archive)).toMatchObject({ status: 'inconclusive', verdict: 'unknown' })
  })
})

describe('an HDF5 file', () => {
  const text = (...layers: unknown[]) => JSON.stringify(kerasModel(...layers))

  test('has the configuration of Keras in it read, and is never complete', () => {
    const clean = scanBytes(hdf5(text(dense)), { name: 'model.h5' })
    expect(clean).toMatchObject({ format: 'hdf5', status: 'inconclusive', verdict: 'unknown' })
    expect(clean.reason).toContain('its Keras configuration was read')
    const lambda = layer('Lambda', { name: 'l', function: [lambdaCode('exec'), null, null] })
    expect(scanBytes(hdf5(text(dense, lambda)), { name: 'model.h5' }).verdict).toBe('malicious')
  })

  test('has a configuration that spans windows read too', () => {
    const far = Buffer.concat([
      hdf5(''),
      Buffer.alloc(1024 * 1024 - 2530),
      Buffer.from(text(named('os', 'system'))),
    ])
    expect(scanBytes(far).verdict).toBe('malicious')
  })

  test('with half a configuration still shows a Lambda layer', () => {
    const result = scanBytes(hdf5('{"class_name": "Lambda", "config": {"na'))
    expect(result.verdict).toBe('malicious')
    expect(result.reason).toContain('could not be read as one piece')
  })

  test('that is cut says so', () => {
    const file = hdf5(text(dense))
    Buffer.from([0, 0, 0, 0, 0, 8, 8, 0]).copy(file, 8)
    file.writeBigUInt64LE(1_000_000n, 40)
    const result = scanBytes(file)
    expect(result.reason).toContain(`last ${1_000_000 - file.length} bytes are missing`)
  })

  test('with ten thousand false beginnings is given up in time', () => {
    const result = scanBytes(hdf5('{"class_name"'.repeat(10_000)))
    expect(result).toMatchObject({ status: 'inconclusive', verdict: 'unknown' })
  })
})
