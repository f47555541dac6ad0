import { launchOrder, launchSeed } from '@shared/benchmark/order'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const letters = (places: { arm: number }[]) => places.map(({ arm }) => 'ABCDE'[arm]).join('')

describe('the order of launches', () => {
  test('is ABBA or BAAB, drawn for every two blocks', () => {
    const order = letters(launchOrder({ models: 2, references: 0, launches: 40, seed: 7 }))
    const quads = order.match(/.{4}/g) ?? []
    expect(new Set(quads)).toEqual(new Set(['ABBA', 'BAAB']))
  })
  test('is the same for the same seed, and another for another', () => {
    const order = (seed: number) => launchOrder({ models: 3, references: 0, launches: 20, seed })
    expect(order(1)).toEqual(order(1))
    expect(order(1)).not.toEqual(order(2))
  })
  test('has every model once in every block, and each as often first as last over two blocks', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(),
        (models, launches, seed) => {
          const places = launchOrder({ models, references: 0, launches, seed })
          for (let block = 0; block < launches; block++) {
            const arms = places.filter((place) => place.block === block).map(({ arm }) => arm)
            expect(arms.toSorted()).toEqual(Array.from({ length: models }, (_, arm) => arm))
            if (block % 2 === 0) continue
            const before = places.filter((place) => place.block === block - 1).map(({ arm }) => arm)
            expect(arms).toEqual(before.toReversed())
          }
        },
      ),
    )
  })
  test('has reference models in the first block, the last and one between', () => {
    const places = launchOrder({ models: 1, references: 2, launches: 11, seed: 1 })
    const blocks = places.filter(({ arm }) => arm === 2).map(({ block }) => block)
    expect(blocks).toEqual([0, 5, 10])
  })
  test('gives a repeated launch the draws it had', () => {
    expect(launchSeed(5, { block: 2, arm: 1 })).toBe(launchSeed(5, { block: 2, arm: 1 }))
    expect(launchSeed(5, { block: 2, arm: 1 })).not.toBe(launchSeed(5, { block: 2, arm: 0 }))
  })
})
