import { catalogue, plural } from '../app/intl'

export const text = catalogue({
  titleWithUnit: (title: string, unit: string) => `${title}, ${unit}`,
  showTable: (title: string) => `Show “${title}” as a table`,
  copyOf: (title: string) => `Copy “${title}” as CSV`,
  save: (title: string) => `Save “${title}” as a picture`,
  saveSvg: 'Save as SVG',
  savePng: 'Save as PNG',
  notSaved: 'The picture was not saved',
  noDrawing: 'The chart is not drawn yet. Wait a moment and try again.',
  bars: (count: number, largest: string) =>
    `Bar chart with ${plural(count, { one: '# bar', other: '# bars' })}. Largest: ${largest}.`,
  noBars: 'Nothing to show.',
})
