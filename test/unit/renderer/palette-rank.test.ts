import { describe, expect, test } from 'vitest'
import { rank, ranked } from '../../../renderer/app/palette/rank'

const titles = ['Go to Scan', 'Scan a folder…', 'Scan files…', 'Go to Settings', 'Theme: dark']
const find = (query: string) => ranked(titles, (title) => title, query)

describe('the palette', () => {
  test('without a query keeps everything in its order', () => {
    expect(find('')).toEqual(titles)
  })

  test('puts a title that begins with the query first', () => {
    expect(find('scan')[0]).toBe('Scan a folder…')
    expect(find('scan')).toHaveLength(3)
  })

  test('finds words in any order and in any case', () => {
    expect(find('FOLDER scan')).toEqual(['Scan a folder…'])
  })

  test('prefers the beginning of a word to its middle', () => {
    expect(rank('Theme: dark', 'da')).toBeGreaterThan(rank('Update', 'da'))
  })

  test('leaves out what lacks a word', () => {
    expect(find('scan moon')).toEqual([])
  })

  test('takes signs literally', () => {
    expect(find('.*')).toEqual([])
    expect(rank('report.*.json', '.*')).toBeGreaterThan(0)
  })
})
