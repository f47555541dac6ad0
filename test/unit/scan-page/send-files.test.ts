import { SendFailure, sendFiles } from '@renderer/scan/target/send-files'
import { expect, it } from 'vitest'

const never = new AbortController().signal
const files = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ path: `f${at}`, file: new File(['x'], `f${at}`) }))
const turn = () => new Promise<void>((done) => setImmediate(done))

it('sends every file once, with at most three on their way', async () => {
  const sent: number[] = []
  let now = 0
  let most = 0
  await sendFiles(
    files(10),
    async (index) => {
      most = Math.max(most, ++now)
      await turn()
      now--
      sent.push(index)
    },
    never,
  )
  expect(sent.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(most).toBe(3)
})

it('names the file that failed and stops the others', async () => {
  const begun: number[] = []
  const sending = sendFiles(
    files(20),
    async (index, _file, signal) => {
      begun.push(index)
      await turn()
      if (index === 1) throw new Error('connection reset')
      signal.throwIfAborted()
    },
    never,
  )
  const failure = await sending.catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(SendFailure)
  expect(failure).toMatchObject({ path: 'f1' })
  expect(begun.length).toBeLessThan(10)
})

it('ends with the reason when it is cancelled', async () => {
  const cancel = new AbortController()
  const sending = sendFiles(
    files(5),
    async (_index, _file, signal) => {
      cancel.abort('cancelled')
      signal.throwIfAborted()
    },
    cancel.signal,
  )
  await expect(sending).rejects.toBe('cancelled')
})
