// A page loaded and typed into on a fixed timetable, whether or not it has answered; what the probe says of each key.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chromium } from './chromium.mjs';
import { answers, halves } from './expected.mjs';
import { HERE } from './folders.mjs';
import { LIMITS, pause, until, within } from './limits.mjs';

export const PROBE = readFileSync(join(HERE, 'probe.js'), 'utf8');

/** The network as it is, but so many milliseconds later. */
export const delayed = (latency) => ({ offline: false, latency, downloadThroughput: -1, uploadThroughput: -1 });

/** A fresh browser with the contestant's page in it, loaded and quiet; ended when `use` has. */
export async function withPage(contestant, place, { rows, delay = 0, scripts = [] }, use) {
  const browser = await Chromium.launch();
  try {
    const page = await browser.page({ scripts: [PROBE, ...scripts], conditions: delayed(delay), cookies: place.cookies });
    const traffic = watch(page);
    const began = performance.now();
    await page.navigate(contestant.address(place.url, rows));
    const [all] = answers(rows);
    await until(() => page.evaluate('document.readyState === "complete"'), LIMITS.load, 'loading');
    await page.evaluate(`__probe.reads(${contestant.reader})`);
    await until(() => page.evaluate(`Boolean(document.querySelector('${contestant.field}')) && __probe.shows(${JSON.stringify(all)})`), LIMITS.load, 'showing all rows')
      .catch(async (error) => {
        const now = await within(1_000, page.evaluate('__probe.reads.length && JSON.stringify(document.body.innerText.slice(0, 300))'), 'looking').catch(() => 'nothing readable');
        throw new Error(`${error.message}; it shows ${now}`);
      });
    await until(async () => performance.now() - traffic.last > 1_000 && traffic.open.size === 0, LIMITS.load, 'coming to rest');
    await page.evaluate('new Promise((done) => requestIdleCallback(() => setTimeout(done, 200), { timeout: 10000 }))');
    const loaded = performance.now() - began;
    await page.evaluate(`document.querySelector('${contestant.field}').focus()`);
    return await use(page, loaded);
  } finally {
    await browser.close();
  }
}

/** What the page is still fetching; a stream that stays open is no fetching. */
function watch(page) {
  const traffic = { open: new Set(), last: performance.now() };
  const note = () => (traffic.last = performance.now());
  page.on('Network.requestWillBeSent', ({ requestId, type }) => {
    note();
    if (type !== 'EventSource' && type !== 'WebSocket') traffic.open.add(requestId);
  });
  for (const end of ['Network.loadingFinished', 'Network.loadingFailed']) {
    page.on(end, ({ requestId }) => {
      note();
      traffic.open.delete(requestId);
    });
  }
  page.on('Network.eventSourceMessageReceived', ({ requestId }) => traffic.open.delete(requestId));
  page.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.mimeType === 'text/event-stream') traffic.open.delete(requestId);
  });
  return traffic;
}

/** Ten letters, then, once they are answered, ten Backspaces. A patient typist waits for each answer too. */
export async function typeOnce(page, rows, { gap, patient = false }) {
  const { letters, backspaces } = halves(rows);
  const passed = { keys: [], longest: 0, script: 0, task: 0 };
  for (const half of [letters, backspaces]) {
    const before = await page.counters();
    await page.evaluate(`__probe.arm(${JSON.stringify(half.map(({ answer }) => answer))})`);
    const patience = (patient ? half.length : 1) * (LIMITS.answer + gap) + 10_000;
    const { keys, longest } = await within(patience, typed(page, half, gap, patient), 'typing');
    const after = await page.counters();
    passed.keys.push(...keys);
    passed.longest = Math.max(passed.longest, longest);
    passed.script += (after.ScriptDuration - before.ScriptDuration) * 1000;
    passed.task += (after.TaskDuration - before.TaskDuration) * 1000;
  }
  return passed;
}

async function typed(page, half, gap, patient) {
  const sent = [];
  let next = performance.now();
  for (const [index, { key }] of half.entries()) {
    await pause(Math.max(0, next - performance.now()));
    next = (patient ? performance.now() : next) + gap;
    sent.push(...press(page, key));
    if (patient) await page.evaluate(`__probe.answered(${index + 1}, ${LIMITS.answer})`);
  }
  const result = await page.evaluate(`__probe.done(${LIMITS.answer})`);
  await Promise.all(sent);
  return result;
}

/** Not waited for: the page may be busy for longer than the typist. */
export function press(page, key) {
  const code = key === 'Backspace' ? key : key === '-' ? 'Minus' : `Key${key.toUpperCase()}`;
  const virtual = key === 'Backspace' ? 8 : key === '-' ? 189 : key.toUpperCase().charCodeAt(0);
  const common = { key, code, windowsVirtualKeyCode: virtual, nativeVirtualKeyCode: virtual };
  const text = key === 'Backspace' ? {} : { text: key, unmodifiedText: key };
  const sent = [
    page.send('Input.dispatchKeyEvent', { type: text.text ? 'keyDown' : 'rawKeyDown', ...common, ...text }),
    page.send('Input.dispatchKeyEvent', { type: 'keyUp', ...common }),
  ];
  // What a page that has crashed would have answered is nobody's loss; the wait for the answers tells.
  for (const one of sent) one.catch(() => undefined);
  return sent;
}
