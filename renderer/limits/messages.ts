import { catalogue, formatDateTime, formatNumber, plural } from '@renderer/app/intl'

const calls = (n: number) => plural(n, { one: '# call', other: '# calls' })
const callers = (n: number) => plural(n, { one: '# caller', other: '# callers' })

export const text = catalogue({
  title: 'Limits',
  about:
    'How often one caller may change something on the server. Calls that fail count too; whoever is refused is told how long to wait.',
  list: 'Limits by function',
  search: 'Search by function',
  refusedOnly: 'Only with refusals',
  columns: {
    rpc: 'Function',
    burst: 'At once',
    perMinute: 'A minute',
    calls: 'Calls, 24 h',
    refused: 'Refused',
    callers: 'Callers',
  },
  failed: 'The limits could not be loaded',
  shown: (n: number, all: number) =>
    n === all
      ? plural(all, { one: '# function', other: '# functions' })
      : `${formatNumber(n)} of ${plural(all, { one: '# function', other: '# functions' })}`,
  empty: {
    title: 'There are no limits',
    body: 'The server has no function that changes anything.',
  },
  filtered: {
    title: 'No function matches',
    body: 'No function has these words and refused a call.',
    action: 'Clear filters',
  },
  keys: { move: 'move', filter: 'search', edit: 'change' },
  detail: {
    label: 'The selected limit',
    none: 'Select a function to see who calls it, and to change its limit.',
    now: 'Limit',
    nowIs: (burst: number, perMinute: number) =>
      `${calls(burst)} at once, then ${formatNumber(perMinute)} a minute`,
    calls: 'Last 24 hours',
    callsAre: (all: number, refused: number, failed: number, who: number) =>
      `${calls(all)} of ${callers(who)}: ${formatNumber(refused)} refused, ${formatNumber(failed)} failed`,
    changed: 'Changed',
    never: 'never',
    chart: 'Calls',
    chartOf: (rpc: string) => `Calls of ${rpc}`,
    unit: 'by hour',
    hour: 'Hour',
    served: 'Served',
    refused: 'Refused',
    caption: 'Local time',
    drawn: (all: number, refused: number) =>
      `${calls(all)} in 24 hours, ${formatNumber(refused)} of them refused`,
    top: 'Top callers',
    noCallers: 'Nobody called it in the last 24 hours.',
    topCalls: (all: number, refused: number) =>
      refused === 0 ? calls(all) : `${calls(all)}, ${formatNumber(refused)} refused`,
  },
  edit: {
    action: 'Change…',
    title: (rpc: string) => `Change the limit of ${rpc}`,
    body: 'It holds for every caller, from the next call on.',
    burst: 'Calls at once',
    perMinute: 'Calls a minute after that',
    preview: 'What it would have done',
    previewing: 'Playing the last 24 hours again…',
    quiet: 'Nobody called it in the last 24 hours, so there is nothing to compare with.',
    would: (then: number, who: number, all: number, now: number) =>
      then === 0
        ? `Would have refused none of the ${calls(all)} of the last 24 hours (${formatNumber(now)} were).`
        : `Would have refused ${formatNumber(then)} of ${calls(all)} of the last 24 hours, of ${callers(who)} (${formatNumber(now)} were).`,
    invalid: 'At once: a whole number from 1 to 100,000. A minute: from 0.01 to 1,000,000.',
    previewFailed: 'What it would have done could not be worked out',
    confirm: 'Save',
    done: (rpc: string) => `The limit of ${rpc} is changed`,
  },
  undo: {
    action: 'Undo the last change…',
    title: (rpc: string) => `Set the limit of ${rpc} back`,
    body: (burst: number, perMinute: number) =>
      `To ${calls(burst)} at once and ${formatNumber(perMinute)} a minute, as before the last change.`,
    confirm: 'Set back',
    done: (rpc: string) => `The limit of ${rpc} is as it was`,
  },
  at: (date: string) => formatDateTime(new Date(date)),
})
