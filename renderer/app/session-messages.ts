import { catalogue, plural } from './intl'

/** Of the page that says how to get in; few ever see it. */
export const text = catalogue({
  missing: {
    title: 'This address needs its link',
    body: 'A console on this computer lets in whoever holds the link of this run, and this tab does not hold it. That happens in a new tab, or when the address was typed or bookmarked.',
  },
  wrong: {
    title: 'This link has expired',
    body: 'Every start of the console makes a new link, and this one is from an earlier run or was copied in part.',
  },
  slowed: {
    title: 'Too many wrong links',
    body: 'After several wrong links the console answers more slowly, so that nobody can guess one. The right link is let in at once.',
    countdown: (seconds: number) =>
      `Wait ${plural(seconds, { one: '# second', other: '# seconds' })}, or open the right link now.`,
  },
  howTo: 'How to get in',
  steps: {
    find: 'Find the terminal where the console was started and open the link it printed.',
    start: 'If that terminal is gone, start the console again in its folder:',
    paste: 'Or paste the link here:',
  },
  link: 'Link',
  open: 'Open',
  notALink: 'That is not a link of this console: it should contain #token=…',
})
