/** Limits at which reading stops, and what the report says then; resources/rules has a rule. */
export const LIMIT_REASONS = {
  'limit.source-bytes': 'It is larger than the 16 MiB of source that are parsed.',
  'limit.source-depth': 'It is nested too deeply to be followed to its end.',
  'limit.source-steps':
    'It computes for longer than is followed, and what comes of it may be run or loaded.',
  'limit.source-calls': 'It has more calls than are followed with what they hand over.',
  'limit.source-text': 'It runs text as code that could not be read.',
  'limit.source-levels': 'It runs code that runs code too many times over.',
  'limit.source-command': 'It starts a program with a command longer than is read.',
  'limit.source-lines': 'It has more runs of blanks inside of texts than are looked at.',
} as const
export type SourceLimit = keyof typeof LIMIT_REASONS
