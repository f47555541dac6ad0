// `npm run storm:kill [-- --kills 50 --seed 1 --files 3000]`: kills the host while it scans, starts it
// again and looks whether anything is lost; `npm run storm:benchmark [-- --kills 20]`: while it
// measures. Ends with an error when something is.
import { parseArgs } from 'node:util'
import { benchmarkStorm } from '../fixtures/benchmark-storm'
import { killStorm } from '../fixtures/kill-storm'
import { scanStorm } from '../fixtures/scan-storm'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string' },
    seed: { type: 'string', default: '1' },
    files: { type: 'string', default: '3000' },
    launches: { type: 'string', default: '3' },
    within: { type: 'string' },
  },
})
const benchmark = positionals[0] === 'benchmark'
const storm = await killStorm(
  benchmark ? benchmarkStorm(Number(values.launches)) : scanStorm(Number(values.files)),
  {
    kills: Number(values.kills ?? (benchmark ? 20 : 50)),
    seed: Number(values.seed),
    within: Number(values.within ?? (benchmark ? 8000 : 2500)),
  },
)
const [stored, jobs] = benchmark ? ['results', 'runs'] : ['reports', 'scans']
console.log(
  `${storm.kills} kills: the database opened each time, ${storm.acknowledged} ${stored} acknowledged and none lost, ${storm.resumed} ${jobs} went on.`,
)
