import { describe, expect, test } from 'vitest'
import type { TensorModel } from '../../../electron/core/benchmark/child/engines/engine'
import { LaunchFailure } from '../../../electron/core/benchmark/child/failure'
import { randomItems } from '../../../electron/core/benchmark/child/inputs/items'
import { inputShapes } from '../../../electron/core/benchmark/child/inputs/shapes'
import { createOutputWatch } from '../../../electron/core/benchmark/child/output-watch'
import { checkRepeatedItem } from '../../../electron/core/benchmark/child/scenarios/repeated-item'
import type { Tensor } from '../../../electron/core/benchmark/child/tensor'
import { openSession } from '../../../electron/core/benchmark/child/tensor-session'
import { openLaunches, TEST_PROFILE } from '../../fixtures/launch-plan'

const launches = openLaunches()
const plan = launches.plan(Buffer.alloc(0))
launches.close()

/** A model in JavaScript: feeds are tensors, and so are outputs. */
function modelOf(answer: (x: Tensor) => Tensor): TensorModel {
  const x = { name: 'x', type: 'float32', shape: [null, 2] } as const
  return {
    kind: 'tensors',
    engine: { name: 'double', version: '1' },
    inputs: [x],
    outputs: [{ ...x, name: 'y' }],
    synchronous: true,
    feed: (tensors) => tensors.get('x'),
    run: (feed) => answer(feed as Tensor),
    read: (output) => new Map([['y', output as Tensor]]),
  }
}

function sessionOf(model: TensorModel) {
  const shapes = inputShapes(model.inputs, model.inputs[0], () => undefined)
  const items = randomItems(
    { kind: 'random', shapes: {}, items: 8, low: 0, high: 1 },
    shapes,
    1,
    {},
    100,
  )
  const context = {
    plan: { ...plan, profile: { ...TEST_PROFILE, measureMs: 400 } },
    say: () => {},
    spawnMs: 0,
    loadMs: 0,
    rssBaseBytes: 0,
  }
  return openSession(context, model, shapes, items)
}

function burn(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

describe('a model that remembers its last answer', () => {
  test('is faster on the same item again and again, and shows', async () => {
    let last: Tensor | undefined
    const session = sessionOf(
      modelOf((x) => {
        if (x !== last) burn(0.2)
        last = x
        return x
      }),
    )
    const found = await checkRepeatedItem(session, await session.arm(1), 0.2)
    expect(found?.ratio).toBeLessThan(0.5)
  })
  test('is told from one that does its work every time', async () => {
    const session = sessionOf(
      modelOf((x) => {
        burn(0.2)
        return x
      }),
    )
    const found = await checkRepeatedItem(session, await session.arm(1), 0.2)
    expect(found?.ratio).toBeGreaterThan(0.8)
  })
})

describe('outputs of the timed run', () => {
  const tensor = (...values: number[]): Tensor => ({
    type: 'float32',
    shape: [1, 2],
    data: Float32Array.from(values),
  })
  test('that are other than untimed are counted; the last bits do not matter', async () => {
    const model = modelOf((x) => x)
    const watch = createOutputWatch(model, 100)
    const feed = tensor(0.5, 0.25)
    await watch.takeReferences(
      { feeds: [feed], firstItems: [0], order: new Uint32Array(1) },
      model.run,
    )
    watch.compare(feed, tensor(0.5, 0.250001))
    watch.compare(feed, tensor(0.5, 0.3))
    expect(watch.sampled()).toEqual({ queries: 2, different: 1 })
  })
  test.each([
    ['no number', tensor(Number.NaN, 1), 'not a number at 0'],
    [
      'of another shape',
      { ...tensor(1, 2), shape: [2, 1] },
      'has the shape [2, 1]; the model declares [?, 2]',
    ],
    ['not as many as they say', { ...tensor(1, 2), data: Float32Array.of(1) }, 'has the shape'],
  ])('that are %s end the launch', async (_, output, sentence) => {
    const watch = createOutputWatch(
      modelOf((x) => x),
      100,
    )
    expect(() => watch.compare(tensor(1, 2), output)).toThrow(sentence)
    expect(() => watch.compare(tensor(1, 2), output)).toThrow(LaunchFailure)
  })
})

test('queries go through every item before one comes again', async () => {
  const session = sessionOf(modelOf((x) => x))
  const { queries } = await session.arm(1)
  const rounds = [...queries.order.subarray(0, 16)]
  expect(new Set(rounds.slice(0, 8)).size).toBe(8)
  expect(new Set(rounds.slice(8)).size).toBe(8)
})
