import { catalogue, formatList, formatNumber, plural } from '@renderer/app/intl'

const files = (n: number) => plural(n, { one: '# file', other: '# files' })

export const text = catalogue({
  clean: {
    title: 'Nothing was found',
    unclean: 'Nothing was found, but this is not a clean report',
    empty: 'No files were scanned',
    emptyBody: 'The folder held no files that could be read, so nothing is known about it.',
    means: 'Clean means',
    checked: (n: number, formats: string[]) =>
      `${plural(n, { one: 'The file was', other: 'Each of the # files was' })} read to its end by a parser for what it contains (${formatList(formats)}).`,
    partly: (read: number, all: number) =>
      `${formatNumber(read)} of ${files(all)} were read to their end.`,
    rules: (version: string) => `None of the rules of ${version} matched what the parsers saw.`,
    nothingRun: 'Nothing was executed, imported or unpacked to disk to find this out.',
    not: 'It does not mean',
    behaviour:
      'that the model behaves well: weights can hold a backdoor that no file format shows.',
    future: 'that rules of a later version will find nothing: scan again after an update.',
    elsewhere:
      'anything about code that is fetched later, or about files that were not part of this scan.',
  },
})
