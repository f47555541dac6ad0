import { describe, expect, test } from 'vitest'
import {
  attribute,
  externalData,
  externalLink,
  filter,
  numbers,
  writeHdf5,
} from '../../../fixtures/hdf5-writer'
import { kerasModel, lambdaCode } from '../../../fixtures/keras-writer'
import { callPickle } from '../../../fixtures/pickle-writer'
import { scanBytes } from '../../../fixtures/scan-bytes'

const lambda = JSON.stringify(
  kerasModel({
    class_name: 'Lambda',
    config: { name: 'l', function: [lambdaCode('os', 'system'), null, null] },
  }),
)
const scan = (bytes: Buffer) => scanBytes(bytes, { name: 'weights.h5' })
const rulesOf = (bytes: Buffer) => scan(bytes).findings.map(({ ruleId }) => ruleId)

describe('an HDF5 file', () => {
  test('of numbers and a few texts is complete and clean', () => {
    const file = writeHdf5(
      attribute('keras_version', '2.11.0'),
      attribute('layer_names', 'dense'),
      ...numbers(Buffer.alloc(256)),
      filter(1),
    )
    expect(scan(file)).toMatchObject({ format: 'hdf5', status: 'complete', verdict: 'clean' })
  })

  test('with a configuration of Keras is judged by it', () => {
    expect(rulesOf(writeHdf5(attribute('model_config', lambda)))).toEqual(['content.keras-lambda'])
  })

  test.each<[string, Buffer]>([
    ['UTF-16', Buffer.from(`\ufeff${lambda}`, 'utf16le')],
    [
      'escapes',
      Buffer.from(lambda.replaceAll('Lambda', '\\u004cambda').replaceAll('lambda', 'l\\u0061mbda')),
    ],
    ['another attribute', Buffer.from(lambda)],
  ])('hides no configuration behind %s', (how, text) => {
    const name = how === 'another attribute' ? 'notes' : 'model_config'
    expect(rulesOf(writeHdf5(attribute(name, text)))).toEqual(['content.keras-lambda'])
  })

  test('whose configuration is no JSON is not clean', () => {
    const result = scan(writeHdf5(attribute('model_config', 'not JSON')))
    expect(result).toMatchObject({ status: 'inconclusive', verdict: 'unknown' })
  })

  test('with a pickle as an attribute is scanned as what PyTables makes of it', () => {
    const file = writeHdf5(attribute('title', callPickle('os', 'system', 'echo harmless')))
    expect(rulesOf(file)).toContain('pickle.command-execution')
  })

  test.each([
    ['an external link', externalLink('/etc/passwd')],
    ['external data', externalData('../../secret.bin')],
  ])('that reads other files by %s is malicious', (_, message) => {
    expect(rulesOf(writeHdf5(message))).toEqual(['hdf5.outside-data'])
  })

  test('that is cut, or goes on behind its end, is not clean', () => {
    const whole = writeHdf5(attribute('title', 'weights'), ...numbers(Buffer.alloc(256)))
    expect(scan(whole.subarray(0, -40)).status).toBe('inconclusive')
    expect(scan(Buffer.concat([whole, Buffer.from('more')])).status).toBe('inconclusive')
  })

  test('with a part that is not known is not clean', () => {
    const unknown = { type: 0x55, data: () => Buffer.alloc(8) }
    expect(scan(writeHdf5(unknown)).status).toBe('inconclusive')
  })

  test('whose groups lead in a circle ends', () => {
    const self = { type: 0x06, data: () => Buffer.from([1, 0, 1, 0x77, 48, 0, 0, 0, 0, 0, 0, 0]) }
    expect(scan(writeHdf5(self)).status).toBe('complete')
  })
})
