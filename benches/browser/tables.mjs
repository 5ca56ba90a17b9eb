// The figures as tables in Markdown, with what they were made on.
import { cpus, totalmem } from 'node:os';
import { BINARY } from './folders.mjs';
import { versions } from './contestants.mjs';
import { LIMITS } from './limits.mjs';
import { AIM } from './live.mjs';

const grouped = (number) => number.toLocaleString('en');
const ms = (number) => (number < 100 ? number.toFixed(1) : grouped(Math.round(number)));
const table = (head, rows) => [head, head.map((name) => (name ? '--:' : ':--')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** What the figures mean, for whoever reads them without the source. */
export const HOW = `Keys go in over the DevTools protocol on a fixed timetable, whether or not the page has answered: the ten letters of “smtp-relay”, then ten
Backspaces. Only the name is searched, by all. Each text matches another number of accounts, so each answer can be told from the next.

- **painted**: from the key's time stamp until after the frame in which count, first row and tenth row are the expected ones, which are worked out elsewhere. A key whose answer is overtaken by a later one's counts until that shows.
- **in the document**: the same without the wait for a frame.
- **first key**: the slowest first key after a load. **Longest frame**: what the browser reports as a long animation frame, from 50 ms on.
- **script a key**: processor time of the main thread's scripts, by the browser's own counters; another program's work does not count.
- **heap**: after a forced collection, before any filter, the accounts included; behind the plus the WebAssembly's memory.
- The **floor** is no product: plain JavaScript over texts folded once and thirty rows whose text is written anew. It doesn't sort, scroll or page. Trust ratios to it rather than milliseconds, which are this machine's.`;

export function facts({ chromium, contestants, delay, load, begun }) {
  const [{ model }] = cpus();
  const lines = [
    `- ${begun.toISOString().slice(0, 10)}; ${cpus().length} cores (${model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB of memory; average load at the start ${load.toFixed(1)}${load > 1 ? ': **busy with something else, so that times are too long and uneven**' : ''}`,
    `- Chromium ${chromium}, headless, 60 frames a second; Node ${process.versions.node}; every load in a browser of its own`,
    ...contestants.map((one) => [one, versions(one)]).filter(([, found]) => found.length).map(([one, found]) => `- ${one.label}: ${found.join(', ')}`),
    `- ${delay} ms of network delay on every page; limits: ${LIMITS.load / 1000} s until all rows are there, ${LIMITS.answer / 1000} s until an answer`,
    `- Postroom: ${BINARY.split('/').at(-1)} as built for release, on SQLite, on the same machine`,
  ];
  return lines.join('\n');
}

/** `results`: rows → contestant's name → a summary, or what failed. Ratios are to the floor of the same size. */
export function keystrokes(results, contestants) {
  const head = ['rows', '', 'painted p50', 'p95', 'p99', 'p95 to floor', 'first key', 'longest frame', 'script a key', 'in the document p50', 'p95', 'overtaken', 'heap MB'];
  const rows = [];
  for (const [size, found] of results) {
    for (const { name, label } of contestants) {
      const one = found.get(name);
      if (!one) continue;
      const cells = [grouped(size), label];
      if (one.failed) rows.push([...cells, one.failed, ...Array(head.length - 3).fill('')]);
      else {
        const floor = found.get('floor');
        rows.push([...cells, ms(one.median), ms(one.p95), ms(one.p99), floor && !floor.failed ? (one.p95 / floor.p95).toFixed(2) : '', ms(one.first),
          one.longest ? ms(one.longest) : '< 50', ms(one.script), ms(one.documentMedian), ms(one.documentP95), `${one.overtaken} of ${one.keys}`,
          one.module ? `${one.heap.toFixed(1)} + ${one.module.toFixed(1)}` : one.heap.toFixed(1)]);
      }
    }
  }
  return table(head, rows);
}

/** `results`: contestant's name → summary. */
export function visits(results, contestants) {
  const head = ['', 'rows can be read, ms (most)', 'can be filtered, ms (most)', 'script, style, WebAssembly, KB', 'all until then, KB', 'times sent'];
  const kb = (bytes) => (bytes / 1000).toFixed(1);
  const time = ({ median, most }) => `${grouped(Math.round(median))} (${grouped(Math.round(most))})`;
  const rows = contestants.filter(({ name }) => results.has(name)).map(({ name, label }) => {
    const one = results.get(name);
    if (one.failed) return [label, one.failed, '', '', '', ''];
    return [label, time(one.readable), time(one.filterable), kb(one.code), kb(one.all), one.tries];
  });
  return table(head, rows);
}

/** `results`: rows → what became of the changes. */
export function live(results) {
  const head = ['rows', 'changes', 'painted p50', 'p95', 'worst', `aim: under ${grouped(AIM)}`];
  const whole = (number) => grouped(Math.round(number));
  const rows = [...results].map(([size, one]) => [grouped(size), String(one.count), whole(one.median), whole(one.p95), whole(one.worst),
    one.worst < AIM ? 'reached' : '**missed**']);
  return table(head, rows);
}

/** What a window leaves behind. */
export function memory(points, { heap, module, nodes }) {
  const rows = points.map((point) => [String(point.opened), point.heap.toFixed(2), point.module.toFixed(2), grouped(point.nodes), grouped(point.listeners)]);
  // Less than a small object's worth an opening is what the engine keeps of code and feedback.
  const flat = Math.abs(heap) < 200 && module === 0;
  return `${table(['opened', 'heap MB', 'WebAssembly MB', 'nodes', 'listeners'], rows)}

From the first hundred on: ${Math.round(heap)} bytes of heap, ${Math.round(module)} of WebAssembly memory and ${nodes.toFixed(1)} nodes an opening: ${flat ? 'flat' : '**not flat**'}.`;
}
