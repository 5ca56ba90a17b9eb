// How long until an open report shows what another administrator has changed over the API. Of Postroom alone.
import { pause, until, within } from './limits.mjs';
import { median, most, quantile } from './statistics.mjs';
import { withPage } from './typing.mjs';

const CHANGES = 20;
/** The rows that are changed: all of them in sight, so that what is painted can be seen. */
const ROWS = 10;
const PATIENCE = 30_000;
export const AIM = 1_000;

/** In the page: whether the row of this account has this name, where somebody sees it. */
const shows = (id, name) => `() => {
  const cell = document.querySelector('table.table > tbody > tr[data-id="${id}"] .name');
  if (cell?.textContent !== ${JSON.stringify(name)}) return false;
  const { top, bottom } = cell.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}`;

/** Milliseconds, one after the other: from the answer to each change until its text is painted. */
export async function changes(contestant, place, { rows, delay }) {
  return await withPage(contestant, place, { rows, delay }, async (page) => {
    await until(() => page.evaluate('Boolean(document.querySelector(".live"))'), PATIENCE, 'hearing of changes');
    const times = [];
    for (let change = 0; change < CHANGES; change++) {
      // Uneven, so that changes don't keep step with whatever looks for them from time to time.
      await pause(700 + ((change * 137) % 500));
      const id = 2 + (change % ROWS);
      const name = `Changed ${change + 1}`;
      await page.evaluate(`void (window.__shown = __probe.painted(${shows(id, name)}))`);
      const answered = await rename(place, id, name);
      const painted = await within(PATIENCE, page.evaluate('__shown'), `showing “${name}” in row ${id}`);
      times.push(painted - answered);
    }
    return times;
  });
}

/** As another administrator's program does it. When it was answered, by the clock that the page reads too. */
async function rename({ url, token }, id, name) {
  const answer = await fetch(`${url}/api/v1/accounts/${id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'if-match': '*', 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({ name }),
  });
  const answered = Date.now();
  const said = await answer.text();
  if (!answer.ok) throw new Error(`changing account ${id}: ${answer.status} ${said}`);
  return answered;
}

export const changesSummary = (times) => ({ count: times.length, median: median(times), p95: quantile(times, 0.95), worst: most(times) });
