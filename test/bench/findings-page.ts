// `npm run bench:findings [-- --findings 10000]`: a report with that many findings in a real Chromium:
// tasks longer than 50 ms while it is scrolled by wheel and by keys, and the frames between a key and
// the row it selects. CHROMIUM_PATH names a browser that is not Playwright's. Prints figures.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Page } from '@playwright/test'
import { startConsole, stopConsole } from '../e2e/fixtures/console'
import { pickle } from '../fixtures/pickle-writer'

const { values } = parseArgs({ options: { findings: { type: 'string', default: '10000' } } })
const PER_FILE = 500
const KEYS = 200

const temporary = mkdtempSync(join(tmpdir(), 'bench-findings-'))
const running = await startConsole(temporary)
const folder = join(running.root, 'many')
mkdirSync(folder)
for (let file = 0; file * PER_FILE < Number(values.findings); file++) {
  const writer = pickle(2)
  for (let i = 0; i < PER_FILE; i++)
    writer.raw(`cpackage_${file}_${i}\nfunction\n`).raw('(').binUnicode(`argument ${i}`).raw('tR0')
  writeFileSync(join(folder, `${file}.pkl`), writer.raw('N.').bytes())
}
const browser = await chromium.launch({
  ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-quic'],
})
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
  await page.goto(`${running.url}&to=/scan`)
  await page.getByLabel('Path on this computer').fill(folder)
  await page.keyboard.press('Enter')
  await page.waitForURL(/report/)
  await page.getByRole('row').nth(1).waitFor()
  await page.waitForTimeout(1000)
  const shown = await page
    .getByText(/\d findings$/)
    .first()
    .textContent()
  console.log(`${shown}; load ${loadavg()[0]?.toFixed(2)}; bars: no task over 50 ms, 2 frames`)
  await watchTasks(page)
  await scroll(page)
  console.log(`scrolled by wheel to the end and back: ${await longTasks(page)}`)
  console.log(`j and k, ${2 * KEYS} times: ${await pressKeys(page)}; ${await longTasks(page)}`)
} finally {
  await browser.close()
  await stopConsole(running)
  rmSync(temporary, { recursive: true, force: true })
}

async function watchTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const durations: number[] = []
    Object.assign(window, { longTasks: durations })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) durations.push(entry.duration)
    }).observe({ entryTypes: ['longtask'] })
  })
}

/** Tasks of more than 50 ms since the last time this was asked. */
async function longTasks(page: Page): Promise<string> {
  const found = await page.evaluate(() =>
    (window as unknown as { longTasks: number[] }).longTasks.splice(0),
  )
  return found.length === 0
    ? 'no task over 50 ms'
    : `${found.length} tasks over 50 ms, the longest ${Math.max(...found).toFixed(0)} ms`
}

async function scroll(page: Page): Promise<void> {
  await page.getByRole('row').nth(3).hover()
  for (const direction of [1, -1])
    for (let i = 0; i < 120; i++) {
      await page.mouse.wheel(0, direction * 3000)
      await page.evaluate(() => new Promise(requestAnimationFrame))
    }
}

/** Frames from the key to the row that is selected, measured in the page. */
async function pressKeys(page: Page): Promise<string> {
  const frames = await page.evaluate(async (count) => {
    const selected = () =>
      document.querySelector('[role=row][aria-selected=true]')?.getAttribute('aria-rowindex')
    const table = document.querySelector<HTMLElement>('[role=grid], table')
    table?.focus()
    const taken: number[] = []
    for (const key of [...Array(count).fill('j'), ...Array(count).fill('k')]) {
      const before = selected()
      const target = document.activeElement ?? document.body
      target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
      let frames = 0
      while (selected() === before && frames < 30) {
        await new Promise(requestAnimationFrame)
        frames++
      }
      taken.push(frames)
    }
    return taken.sort((a, b) => a - b)
  }, KEYS)
  return `${frames[Math.floor(frames.length / 2)]} frames in the median, ${frames.at(-1)} at most`
}
