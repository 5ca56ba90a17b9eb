// The benchmark of the report: keystrokes, first visits, others' changes, the sweep with its plot, memory. Tables on standard output, progress on the other.
import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from './build.mjs';
import { Chromium } from './chromium.mjs';
import { CONTESTANTS, POSTROOM, versions } from './contestants.mjs';
import { PROJECT, WORK } from './folders.mjs';
import { changes, changesSummary } from './live.mjs';
import { load, summary } from './measure.mjs';
import { plot } from './plot.mjs';
import { withPostroom } from './postroom.mjs';
import { check } from './selftest.mjs';
import { serve } from './site.mjs';
import { facts, HOW, keystrokes, live, memory, visits } from './tables.mjs';
import { visit, visitSummary } from './visit.mjs';
import { growth, openAndClose } from './windows.mjs';

const PARTS = ['check', 'keys', 'visit', 'live', 'sweep', 'memory'];
const list = (text, known) => (text ? text.split(',') : known);
const { values: asked } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    parts: { type: 'string' }, only: { type: 'string' }, sizes: { type: 'string' }, sweep: { type: 'string' },
    loads: { type: 'string' }, passes: { type: 'string' }, delay: { type: 'string', default: '100' }, port: { type: 'string', default: process.env.POSTROOM_BENCH_PORT ?? '18500' },
  },
});
const quick = asked.quick;
const parts = list(asked.parts, PARTS);
const contestants = CONTESTANTS.filter(({ name }) => list(asked.only, CONTESTANTS.map((one) => one.name)).includes(name));
const sizes = list(asked.sizes, quick ? ['1000'] : ['1000', '10000', '100000']).map(Number);
const sweep = list(asked.sweep, quick ? ['100', '1000'] : ['100', '300', '1000', '3000', '10000', '30000', '100000', '300000', '1000000']).map(Number);
const loads = Number(asked.loads ?? (quick ? 1 : 5));
const passes = Number(asked.passes ?? (quick ? 1 : 3));
const delay = Number(asked.delay);
const port = Number(asked.port);
const TIMES = { typist: 120, patient: 250, patientPasses: 2, visits: quick ? 1 : 7, windows: quick ? 100 : 500 };
const SVG = quick || asked.only ? join(WORK, 'report-speed.svg') : join(PROJECT, 'docs/report-speed.svg');

const say = (text) => process.stderr.write(`${text}\n`);
const begun = new Date();
const raw = { begun, delay, quick, parts: {}, failures: [] };
const print = (...lines) => console.log(lines.join('\n'));

/** Runs `use` with a place for each contestant: Postroom's is its own server, with a database of so many accounts. */
async function withPlaces(site, rows, use) {
  const peers = { url: site.url, cookies: [] };
  if (!contestants.includes(POSTROOM)) return await use(() => peers);
  say(`filling Postroom's database with ${rows.toLocaleString('en')} accounts`);
  return await withPostroom(rows, port + 1, async (place) => await use((contestant) => (contestant.served ? place : peers)));
}

/** In turn, so that whatever else the machine does falls on all alike. Who fails once is out. */
async function inTurn(times, what, once) {
  const done = new Map(contestants.map(({ name }) => [name, []]));
  const failed = new Map();
  for (let time = 1; time <= times; time++) {
    for (const contestant of contestants) {
      if (failed.has(contestant.name)) continue;
      try {
        done.get(contestant.name).push(await once(contestant));
        say(`${what}: ${contestant.label}, ${time} of ${times}`);
      } catch (error) {
        failed.set(contestant.name, error.message);
        raw.failures.push(`${what}, ${contestant.name}: ${error.message}`);
        say(`${what}: ${contestant.label} failed: ${error.message}`);
      }
    }
  }
  return { done, failed };
}

/** What a table says of a failure; the whole of it is in the raw figures. */
const short = (why) => (/out of memory/.test(why) ? 'out of memory' : /not within|not answered/.test(why) ? 'past the limit' : 'failed');

function concluded({ done, failed }, conclude) {
  return new Map(contestants.map(({ name }) => [name, failed.has(name) ? { failed: short(failed.get(name)), why: failed.get(name) } : conclude(done.get(name))]));
}

async function typing(site) {
  const results = new Map();
  for (const rows of sizes) {
    await withPlaces(site, rows, async (place) => {
      const turns = await inTurn(loads, `${rows} rows`, (one) => load(one, place(one), { rows, delay, gap: TIMES.typist, passes }));
      results.set(rows, concluded(turns, summary));
      (raw.parts.keys ??= {})[rows] = Object.fromEntries(turns.done);
    });
  }
  print(`\n## Keystrokes, ${TIMES.typist} ms apart\n`, `${loads} loads of ${passes} passes, ${loads * passes * 20} keys each; milliseconds. Script: the main thread's own time.\n`, keystrokes(results, contestants));
}

async function firstVisits(site) {
  const rows = 1_000;
  await withPlaces(site, rows, async (place) => {
    const turns = await inTurn(TIMES.visits, 'first visit', (one) => visit(one, place(one), rows));
    raw.parts.visit = Object.fromEntries(turns.done);
    print('\n## First visit\n', `1,000 accounts, 4× slower processor, 10 Mbit/s, 100 ms, empty cache; median of ${TIMES.visits}. Postroom's rows come from its server; the others make theirs in the page, for nothing. The text to filter by is sent once rows are painted, and again every 50 ms until it is answered. Style and script that stand in a document's head are counted with the code, as much as the pressed document is smaller without them.\n`, visits(concluded(turns, visitSummary), contestants));
  });
}

async function othersChanges(site) {
  if (!contestants.includes(POSTROOM)) return;
  const results = new Map();
  for (const rows of sizes) {
    await withPlaces(site, rows, async (place) => {
      const times = await changes(POSTROOM, place(POSTROOM), { rows, delay });
      say(`${rows} rows: ${times.length} changes shown, the last after ${times.at(-1)} ms`);
      results.set(rows, changesSummary(times));
      (raw.parts.live ??= {})[rows] = times;
    });
  }
  print('\n## What another administrator changes\n', 'Accounts renamed over the API while the report is open: milliseconds from the answer to the change until the new name is painted in its row.\n', live(results));
}

async function sweeping(site) {
  const lines = contestants.map(({ name, label, color }) => ({ name, label, color, points: [] }));
  const results = new Map();
  for (const rows of sweep) {
    await withPlaces(site, rows, async (place) => {
      const turns = await inTurn(1, `sweep, ${rows} rows`, async (one) => {
        const line = lines.find(({ name }) => name === one.name);
        if (line.end) throw new Error(`${line.end} before`);
        return await load(one, place(one), { rows, delay, gap: TIMES.patient, patient: true, passes: TIMES.patientPasses });
      });
      const found = concluded(turns, summary);
      results.set(rows, found);
      (raw.parts.sweep ??= {})[rows] = Object.fromEntries(turns.done);
      for (const line of lines) {
        const one = found.get(line.name);
        if (!one.failed) line.points.push([rows, one.median, one.p95]);
        else line.end ??= `${one.failed} at ${rows.toLocaleString('en')}`;
      }
    });
  }
  const subtitle = `Median of ${20 * TIMES.patientPasses} keys, ${TIMES.patient} ms apart, each when the one before is answered; ${delay} ms of network delay. Bars: 95th percentile.`;
  await writeFile(SVG, plot(lines, { title: 'From key to painted answer, by number of accounts', subtitle, sizes: sweep }));
  print(`\n## From ${sweep[0].toLocaleString('en')} to ${sweep.at(-1).toLocaleString('en')} accounts\n`, `One load; each key ${TIMES.patient} ms after the one before and not before that is answered, so that nothing queues.\n`, keystrokes(results, contestants));
  say(`the plot is in ${SVG}`);
}

async function windows(site) {
  if (!contestants.includes(POSTROOM)) return;
  await withPlaces(site, 1_000, async (place) => {
    const points = await openAndClose(POSTROOM, place(POSTROOM), 1_000, TIMES.windows, say);
    raw.parts.memory = points;
    print(`\n## Memory, the settings window opened and closed ${TIMES.windows} times\n`, memory(points, growth(points)));
  });
}

say('bundling the peers');
await mkdir(WORK, { recursive: true });
await bundle();
const browser = await Chromium.launch();
raw.chromium = await browser.version();
await browser.close();
raw.versions = contestants.flatMap(versions);
print('# How fast the report answers\n', facts({ chromium: raw.chromium, contestants, delay, load: loadavg()[0], begun }), '', HOW);

const site = await serve(port);
const failures = [];
const TASKS = { check: () => check({ url: site.url, cookies: [] }, say), keys: typing, visit: firstVisits, live: othersChanges, sweep: sweeping, memory: windows };
for (const part of parts) {
  try {
    await TASKS[part](site);
  } catch (error) {
    // What has been measured is printed, whatever else could not be.
    failures.push(`${part}: ${error.message}`);
    say(`${part} failed: ${error.stack}`);
  }
  await writeFile(join(WORK, 'figures.json'), JSON.stringify(raw));
}
await site.close();
if (failures.length) print('\n## What failed\n', ...failures.map((failure) => `- ${failure}`));
process.exitCode = failures.length ? 1 : 0;
