import { describe, expect, test } from 'vitest'
import { callPickle } from '../../fixtures/pickle-writer'
import { statePickle, writePytorch } from '../../fixtures/pytorch-writer'
import { scanBytes } from '../../fixtures/scan-bytes'
import { writeZip } from '../../fixtures/zip-writer'

const payload = callPickle('os', 'system')

describe('a PyTorch archive', () => {
  test('of a state dict is complete and clean: its storages are known', () => {
    const scan = scanBytes(writePytorch())
    expect(scan).toMatchObject({ format: 'pytorch-zip', status: 'complete', verdict: 'clean' })
    expect(scan.names('structure')).toEqual([])
    expect(scan.facts).toContainEqual(
      expect.objectContaining({ kind: 'framework', name: 'pytorch' }),
    )
  })

  test('with a payload in data.pkl is malicious', () => {
    expect(scanBytes(writePytorch({ pickle: payload })).verdict).toBe('malicious')
  })

  test('with data that no tensor names is not complete', () => {
    const more = [{ name: 'data/7', data: Buffer.from([0, 255, 1, 254]) }]
    const scan = scanBytes(writePytorch({ more }))
    expect(scan.status).toBe('inconclusive')
    expect(scan.reason).toContain('archive/data/7')
  })

  test.each([
    ['a pickle', payload],
    ['an archive', writeZip([{ name: 'x.pkl', data: payload }])],
  ])('whose storage is %s gives it away', (_, data) => {
    const scan = scanBytes(writePytorch({ storages: [data] }))
    expect(scan.names('structure')).toContain('pytorch.loadable-storage')
    expect(scan.verdict).toBe('malicious')
  })

  test('with a second pickle behind the first gives it away', () => {
    const scan = scanBytes(writePytorch({ pickle: Buffer.concat([statePickle(2), payload]) }))
    expect(scan.names('structure')).toContain('pickle.trailing-data')
    expect(scan.verdict).toBe('malicious')
  })

  test('with code is TorchScript, whose pickles are all read', () => {
    const scan = scanBytes(
      writePytorch({
        more: [
          {
            name: 'code/__torch__.py',
            data: Buffer.from('def forward(self):\n  return torch.from_file("/x")\n'),
          },
          { name: 'constants.pkl', data: payload },
        ],
      }),
    )
    expect(scan.format).toBe('torchscript')
    expect(scan.names('content')).toEqual(['torchscript.operator.from_file'])
    expect(scan.verdict).toBe('malicious')
  })

  test.each([0x1, 0x20, 0x40])('with local flag 0x%i on data.pkl is read and reported', (flag) => {
    const change = { 'data.pkl': { local: { flags: 0x808 | flag } } }
    const scan = scanBytes(writePytorch({ pickle: payload, change }))
    expect(scan.names('structure')).toContain('zip.flags-mismatch')
    expect(scan.verdict).toBe('malicious')
  })

  test('behind a harmless pickle is two files, and both are read', () => {
    const scan = scanBytes(Buffer.concat([statePickle(1), writePytorch({ pickle: payload })]))
    expect(scan.names('structure')).toContain('polyglot.pickle.zip')
    expect(scan.verdict).toBe('malicious')
  })
})
