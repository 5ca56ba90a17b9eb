// Serves the peers' pages on loopback, from memory, pressed ahead with brotli.
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { SITE } from './build.mjs';

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };

/** Answers its address and how to end it. */
export async function serve(port) {
  const files = new Map();
  for (const file of await readdir(SITE)) {
    if (file.endsWith('.br')) files.set(`/${file.slice(0, -3)}`, await readFile(join(SITE, file)));
  }
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const body = files.get(path);
    if (!body) return response.writeHead(404).end();
    response.writeHead(200, {
      'content-type': TYPES[extname(path)], 'content-encoding': 'br', 'content-length': body.length, vary: 'accept-encoding',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    response.end(body);
  });
  await new Promise((done, failed) => server.once('error', failed).listen(port, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    }),
  };
}
