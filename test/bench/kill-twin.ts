// `npm run storm:twin [-- --kills 200 --seed 1]`: kills the local twin, or its host, while it is written
// to, starts again and looks whether anything is lost. Ends with an error when something is.
import { parseArgs } from 'node:util'
import { twinStorm } from '../fixtures/twin-storm'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    within: { type: 'string', default: '1200' },
  },
})
const storm = await twinStorm({
  kills: Number(values.kills),
  seed: Number(values.seed),
  within: Number(values.within),
  progress: ({ hostKills, twinKills, acknowledged }) =>
    process.stderr.write(`\r${hostKills + twinKills} kills, ${acknowledged} acknowledged  `),
})
console.log(
  `\n${storm.hostKills} kills of the host and ${storm.twinKills} of the twin: ${storm.acknowledged} writes acknowledged and none lost in ${storm.checks} checks; made anew ${storm.rebuilt} times; ${storm.refused} writes ended with an error that was told.`,
)
