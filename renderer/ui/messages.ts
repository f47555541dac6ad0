import { catalogue, formatNumber } from '../app/intl'

export const text = catalogue({
  opensOutside: 'opens in the browser',
  severity: { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low', info: 'Info' },
  verdict: {
    malicious: 'Malicious',
    suspicious: 'Suspicious',
    unknown: 'Unknown',
    clean: 'Clean',
  },
  grade: (letter: string) => `Grade ${letter}`,
  stage: { done: 'done', current: 'under way', waiting: 'waiting' },
  loading: 'Loading',
  close: 'Close',
  retry: 'Retry',
  retrying: 'Trying…',
  loadMore: 'Load more',
  loadingMore: 'Loading…',
  copy: 'Copy',
  copied: 'Copied',
  copyDetails: 'Copy details',
  chord: 'then',
  undo: 'Undo',
  notifications: 'Notifications',
  count: (n: number) => formatNumber(n),
  error: {
    title: 'This could not be loaded',
    unreachable: 'The console does not answer. Try again when it is back.',
    unexpected: 'Something unexpected went wrong in the console. Its log has the details.',
    withId: (message: string, id: string) => `${message} Error ${id}.`,
  },
})
