// `npm run storm:kill [-- --kills 50 --seed 1 --files 3000]`: kills the host while it scans, starts it
// again and looks whether anything is lost. Ends with an error when something is.
import { parseArgs } from 'node:util'
import { killStorm } from '../fixtures/kill-storm'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    files: { type: 'string', default: '3000' },
    within: { type: 'string', default: '2500' },
  },
})
const storm = await killStorm({
  kills: Number(values.kills),
  seed: Number(values.seed),
  files: Number(values.files),
  within: Number(values.within),
})
console.log(
  `${storm.kills} kills: the database opened each time, ${storm.acknowledged} reports acknowledged and none lost, ${storm.resumed} scans went on.`,
)
