// Whether the probe can be deceived: pages that answer wrongly must be refused, and what is late must be measured as late.
import { FLOOR } from './contestants.mjs';
import { halves } from './expected.mjs';
import { press, withPage } from './typing.mjs';

const ROWS = 1_000;

/** Stands before the page's own listener: the event reaches that only as `how` says. */
const before = (how) => `addEventListener('input', (event) => {
  if (event.again) return;
  const again = () => event.target.dispatchEvent(Object.assign(new InputEvent('input', { bubbles: true }), { again: true }));
  ${how}
}, true);`;

const stopped = 'event.stopImmediatePropagation();';
const spin = (time) => `for (const end = performance.now() + ${time}; performance.now() < end;);`;

/** After each answer, something in the page is made wrong in the same task. */
const spoiled = (how) => before(`${stopped} again(); ${how}`);

const REFUSED = {
  'a page that does not answer': before(stopped),
  'a wrong count': spoiled("document.getElementById('count').firstChild.data += '1';"),
  'a wrong first row': spoiled("document.querySelector('tbody').rows[0].cells[1].firstChild.data += ' ';"),
  'a wrong tenth row': spoiled("document.querySelector('tbody').rows[9].cells[1].firstChild.data += ' ';"),
};

/** How much longer than the floor itself each answer must be found to take, and the longest frame. */
const LATE = {
  'an answer after 200 ms': { script: before(`${stopped} setTimeout(again, 200);`), painted: 200, frame: 0 },
  'an answer in a later frame': { script: before(`${stopped} requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(again)));`), painted: 25, frame: 0 },
  'an answer that takes 120 ms of work': { script: before(spin(120)), painted: 120, frame: 100 },
  'an answer whose frame takes 150 ms more': { script: before(`${stopped} again(); requestAnimationFrame(() => { ${spin(150)} });`), painted: 150, frame: 130 },
};

/** One key, and its answer, before the next: what is late here must not show what was typed since. */
async function typeOne(page, { key, answer }, patience) {
  await page.evaluate(`__probe.arm(${JSON.stringify([answer])})`);
  await Promise.all(press(page, key));
  return await page.evaluate(`__probe.done(${patience})`);
}

export async function check(place, say) {
  const { letters } = halves(ROWS);
  for (const [what, script] of Object.entries(REFUSED)) {
    const refused = await withPage(FLOOR, place, { rows: ROWS, scripts: [script] }, async (page) => {
      return await typeOne(page, letters[0], 1_500).then(() => 'it does', (error) => error.message);
    });
    if (!/not answered within/.test(refused)) throw new Error(`the probe accepts ${what}: ${refused}`);
    say(`the probe refuses ${what}`);
  }
  for (const [what, { script, painted, frame }] of Object.entries(LATE)) {
    const found = await withPage(FLOOR, place, { rows: ROWS, scripts: [script] }, async (page) => {
      const found = [];
      for (const letter of letters.slice(0, 3)) found.push(await typeOne(page, letter, 20_000));
      return found;
    });
    const least = Math.min(...found.map(({ keys }) => keys[0].painted));
    const longest = Math.min(...found.map(({ longest }) => longest));
    if (least < painted) throw new Error(`the probe finds ${least.toFixed(1)} ms for ${what}`);
    if (longest < frame) throw new Error(`the probe finds no longer frame than ${longest} ms in ${what}`);
    say(`the probe finds at least ${least.toFixed(1)} ms for ${what}${frame ? `, and a frame of ${longest.toFixed(0)} ms` : ''}`);
  }
}
