// The first visit: a slow processor, a slow line, an empty cache. When rows can be read, when they can be filtered, what it weighs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { TYPED } from './accounts.mjs';
import { Chromium } from './chromium.mjs';
import { answers } from './expected.mjs';
import { HERE } from './folders.mjs';
import { within } from './limits.mjs';
import { median, most } from './statistics.mjs';

const SLOWDOWN = 4;
const LINE = { offline: false, latency: 100, downloadThroughput: 10e6 / 8, uploadThroughput: 10e6 / 8 };
const PATIENCE = 60_000;
const VISITOR = readFileSync(join(HERE, 'visitor.js'), 'utf8');

/** One visit by a browser that has never been there. */
export async function visit(contestant, place, rows) {
  const found = answers(rows);
  const browser = await Chromium.launch();
  try {
    const expected = JSON.stringify({ all: found[0], some: found[TYPED.length], text: TYPED, field: contestant.field });
    const script = `${VISITOR}\n__visit(${contestant.reader}, ${expected});`;
    const page = await browser.page({ scripts: [script], conditions: LINE, slowdown: SLOWDOWN, cookies: place.cookies });
    const bytes = weigh(page);
    await page.navigate(contestant.address(place.url, rows));
    const times = await within(PATIENCE, page.evaluate('__visited'), 'a first visit');
    return { ...times, bytes: await bytes() };
  } finally {
    await browser.close();
  }
}

/** Bytes as they came over the line, heads included: of all, and of what is no page and no data; asked for when the visit is over. */
function weigh(page) {
  const kinds = new Map();
  const bytes = { all: 0, code: 0 };
  let document;
  page.on('Network.responseReceived', ({ requestId, response, type }) => {
    kinds.set(requestId, response.mimeType);
    if (type === 'Document') document = requestId;
  });
  page.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes.all += encodedDataLength;
    if (/javascript|css|wasm/.test(kinds.get(requestId))) bytes.code += encodedDataLength;
  });
  return async () => {
    const { body, base64Encoded } = await page.send('Network.getResponseBody', { requestId: document });
    return { ...bytes, code: bytes.code + inline(base64Encoded ? Buffer.from(body, 'base64').toString() : body) };
  };
}

/**
 * Style and script that stand in a document's head, as they travel: by so much the document is smaller, pressed as Postroom's
 * server does it (gzip, level 4), when they are taken out of it. What stands in the body is data that a framework has put into
 * scripts. The peers' documents have neither, so nothing is added to their figures.
 */
export function inline(html) {
  const end = html.indexOf('</head>');
  const head = end < 0 ? html : html.slice(0, end);
  const without = head.replace(/<(style|script)\b[^>]*>([^]*?)<\/\1>/g, (whole, name, text) => (text.trim() ? '' : whole));
  const size = (text) => gzipSync(text, { level: 4 }).length;
  return without === head ? 0 : size(html) - size(without + html.slice(head.length));
}

export function visitSummary(visits) {
  const of = (pick) => ({ median: median(visits.map(pick)), most: most(visits.map(pick)) });
  return {
    readable: of(({ readable }) => readable),
    filterable: of(({ filterable }) => filterable),
    code: median(visits.map(({ bytes }) => bytes.code)),
    all: median(visits.map(({ bytes }) => bytes.all)),
    tries: median(visits.map(({ tries }) => tries)),
  };
}
