// What is measured of one contestant at one size: keystrokes over several loads, then memory; and what becomes of the figures.
import { median, most, quantile } from './statistics.mjs';
import { typeOnce, withPage } from './typing.mjs';

/** One fresh load of the page and so many passes of twenty keys. */
export async function load(contestant, place, { rows, delay, gap, patient, passes }) {
  return await withPage(contestant, place, { rows, delay }, async (page, loaded) => {
    const memory = await remembered(page);
    const done = [];
    for (let pass = 0; pass < passes; pass++) done.push(await typeOnce(page, rows, { gap, patient }));
    return { loaded, ...memory, passes: done };
  });
}

/** In MB, after a forced collection: the scripts' heap and the WebAssembly's memory. */
export async function remembered(page) {
  await page.send('HeapProfiler.collectGarbage');
  const { usedSize } = await page.send('Runtime.getHeapUsage');
  return { heap: usedSize / 1e6, module: (await page.evaluate('__probe.memory()')) / 1e6 };
}

/** Of all keys of all loads. The first key after a load is in them, and on its own too. */
export function summary(loads) {
  const passes = loads.flatMap(({ passes }) => passes);
  const keys = passes.flatMap(({ keys }) => keys);
  const painted = keys.map((key) => key.painted);
  const inDocument = keys.map((key) => key.document);
  return {
    keys: keys.length,
    median: median(painted),
    p95: quantile(painted, 0.95),
    p99: quantile(painted, 0.99),
    documentMedian: median(inDocument),
    documentP95: quantile(inDocument, 0.95),
    first: most(loads.map(({ passes }) => passes[0].keys[0].painted)),
    longest: most(passes.map(({ longest }) => longest)),
    script: median(passes.map(({ script, keys }) => script / keys.length)),
    overtaken: keys.filter(({ overtaken }) => overtaken).length,
    heap: median(loads.map(({ heap }) => heap)),
    module: median(loads.map(({ module }) => module)),
  };
}
