import { catalogue } from '../app/intl'

export const text = catalogue({
  result: (suite: string, version: string, scenario: string, headline: string, at: string) =>
    [`${suite} ${version}`, scenario, headline, at].filter((part) => part !== '').join(', '),
})
