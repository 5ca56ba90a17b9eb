// Whether the browser's memory grows: the settings window opened and closed again and again. Of Postroom alone.
import { remembered } from './measure.mjs';
import { within } from './limits.mjs';
import { withPage } from './typing.mjs';

const STEP = 100;

/** In the page: open the first row's window by its button, wait until it stands there, close it by its button, wait until it is gone. */
const IN_PAGE = `(async (times) => {
  const until = (holds, what) => new Promise((done, failed) => {
    const timer = setTimeout(() => { observer.disconnect(); failed(new Error(what + ': not within 20 s')); }, 20000);
    const look = () => {
      if (!holds()) return;
      observer.disconnect();
      clearTimeout(timer);
      done();
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true });
    look();
  });
  const shown = () => document.querySelector('dialog[open]');
  const turn = () => new Promise((done) => setTimeout(done));
  for (let time = 0; time < times; time++) {
    document.querySelector('tbody tr td.actions a[href*="/edit"]').click();
    await until(() => shown()?.querySelector('#account-name')?.value, 'opening');
    await turn();
    const close = [...shown().querySelectorAll('button')].find((button) => /^(Cancel|Close)$/.test(button.ariaLabel ?? button.textContent.trim()));
    close.click();
    await until(() => !shown(), 'closing');
    await turn();
  }
})`;

export async function openAndClose(contestant, place, rows, times, say) {
  return await withPage(contestant, place, { rows }, async (page) => {
    const points = [];
    for (let opened = 0; ; opened += STEP) {
      const { Nodes: nodes, JSEventListeners: listeners } = await afterCollection(page);
      points.push({ opened, ...(await remembered(page)), nodes, listeners });
      say(`opened and closed ${opened} times: ${points.at(-1).heap.toFixed(2)} MB`);
      if (opened >= times) return points;
      const now = Math.min(STEP, times - opened);
      await within(300_000, page.evaluate(`${IN_PAGE}(${now})`), `opening a window ${now} times`);
    }
  });
}

async function afterCollection(page) {
  // Twice: what the first collection's finalizers let go is gone with the second.
  for (let time = 0; time < 2; time++) await page.send('HeapProfiler.collectGarbage');
  return await page.counters();
}

/** From the first hundred on, when all that is loaded once is loaded: in bytes for each opening. */
export function growth(points) {
  const [from, to] = [points[1] ?? points[0], points.at(-1)];
  const times = Math.max(1, to.opened - from.opened);
  return { heap: ((to.heap - from.heap) * 1e6) / times, module: ((to.module - from.module) * 1e6) / times, nodes: (to.nodes - from.nodes) / times };
}
