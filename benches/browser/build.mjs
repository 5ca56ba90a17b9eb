// Bundles the peers as their users would for production, and presses each file with brotli ahead, as a server would.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { HERE, WORK } from './folders.mjs';

/** Where the peers' pages are. */
export const SITE = join(WORK, 'site');

const PEERS = { floor: 'floor.js', 'ag-grid': 'ag-grid.js', tanstack: 'tanstack.jsx', mui: 'mui.jsx' };
// React makes the field itself.
const FIELD = '<label>Name <input id="search" autocomplete="off"></label>\n<p id="count"></p>\n<div id="grid"></div>';

const page = (name, body) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${name}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/${name}.css">
<script type="module" src="/${name}.js"></script>
<body>
${body}
</body>
</html>
`;

/** All that a bundle is made of, as one line. */
async function sources() {
  const digest = createHash('sha256');
  for (const file of ['package-lock.json', 'build.mjs', 'accounts.mjs', ...(await readdir(join(HERE, 'peers'))).map((file) => join('peers', file))]) {
    digest.update(await readFile(join(HERE, file)));
  }
  return digest.digest('hex');
}

export async function bundle() {
  const [stamp, now] = [join(WORK, 'site.stamp'), await sources()];
  if ((await readFile(stamp, 'utf8').catch(() => '')) === now) return;
  await rm(SITE, { recursive: true, force: true });
  await mkdir(SITE, { recursive: true });
  await build({
    entryPoints: Object.fromEntries(Object.entries(PEERS).map(([name, file]) => [name, join(HERE, 'peers', file)])),
    outdir: SITE,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'chrome130',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'warning',
  });
  const style = await build({ entryPoints: [join(HERE, 'peers/page.css')], minify: true, write: false });
  for (const [name, file] of Object.entries(PEERS)) {
    await writeFile(join(SITE, `${name}.css`), style.outputFiles[0].text);
    await writeFile(join(SITE, `${name}.html`), page(name, file.endsWith('x') ? '<div id="root"></div>' : FIELD));
  }
  await Promise.all((await readdir(SITE)).map(async (file) => {
    const text = await readFile(join(SITE, file));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
    await writeFile(join(SITE, `${file}.br`), await promisify(brotliCompress)(text, { params }));
  }));
  await writeFile(stamp, now);
}
