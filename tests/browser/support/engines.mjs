/**
 * The engines that readers have, and one way to drive them all.
 *
 * `inEngines(name, {needs}, work)` is a test that runs `work(page, engine)` in
 * every chosen engine that has what it needs. An engine is
 * `{name, title, version, can, open(options), close()}`; what its pages can do
 * is in `page.mjs`. `ZHUANLAN_ENGINES` chooses: `all`, or names with commas.
 *
 * **Invariant:** nothing is shared between engines that run at the same time
 * (each has its screen, clipboard and profile), and an engine that is not there
 * fails its tests with the command that installs it: none is skipped.
 */
import assert from 'node:assert/strict'
import { relative } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startChromium } from './chromium.mjs'
import { startFirefox } from './firefox.mjs'
import { record } from './record.mjs'
import { startWebKit } from './webkit.mjs'

/** Where the test files are. */
const HERE = fileURLToPath(new URL('..', import.meta.url))

/** All engines by name, oldest first, and whose readers have them. */
export const ENGINES = {
  'chromium-86': { title: 'Chromium 86', start: () => startChromium('chromium-86') },
  'chromium-109': { title: 'Chromium 109', start: () => startChromium('chromium-109') },
  chromium: { title: 'Chromium', start: () => startChromium('chromium') },
  firefox: { title: 'Firefox ESR', start: startFirefox },
  webkit: { title: 'WebKitGTK', start: startWebKit },
}

/** What every run of `./test` looks at. */
const USUAL = ['chromium', 'chromium-109', 'webkit']

/** The names of the engines that this run looks at. */
export function chosen() {
  const given = process.env.ZHUANLAN_ENGINES
  if (!given) return USUAL
  const names = given === 'all' ? Object.keys(ENGINES) : given.split(',')
  for (const name of names) assert.ok(ENGINES[name], `no engine is called ${name}; there are ${Object.keys(ENGINES)}`)
  return names
}

/**
 * Runs the `cases` in one engine after another: each is
 * `{name, needs, work(page, engine), width, height, scripts}`; `needs` names
 * what an engine must be able to do, and the list in `docs/browsers.md` says
 * where a case could not be asked.
 */
export function inEngines(cases) {
  // Together: most of a case is waiting for the page, or for what comes late. The report knows the file by this name.
  describe(relative(HERE, process.argv[1]).replace(/\.test\.mjs$/, ''), { concurrency: true }, () => chosen().forEach((name) => {
    // The cases of one engine have one window, and go one by one.
    describe(ENGINES[name].title, { concurrency: 1 }, () => {
      let engine
      before(async () => {
        engine = await ENGINES[name].start()
      })
      after(() => engine?.close())
      for (const one of cases) test(one.name, () => runCase(name, engine, one))
    })
  }))
}

/** Runs one case and writes down how it went. */
async function runCase(name, engine, { name: what, group = what, needs = [], work, allows, ...options }) {
  assert.ok(engine, `${ENGINES[name].title} did not start`)
  const lacks = needs.filter((need) => !engine.can.has(need))
  const about = { engine: name, version: engine.version, group, what }
  if (lacks.length > 0) {
    record({ ...about, result: 'cannot', lacks })
    return
  }
  const began = performance.now()
  let result = 'fails'
  try {
    const page = await engine.open(options)
    try {
      await work(page, { name, ...engine })
      assert.deepEqual((await page.complaints()).filter((line) => !allows?.test(line)), [], 'the page complained')
    } finally {
      await page.close()
    }
    result = 'holds'
  } finally {
    record({ ...about, result, seconds: (performance.now() - began) / 1000 })
  }
}
