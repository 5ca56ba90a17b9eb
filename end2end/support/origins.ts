// Small servers on origins of their own, for pages that other people might have.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = { type?: string; body: string; headers?: Record<string, string>; status?: number };
export type Site = { url: string; port: number; asked: string[]; stop: () => Promise<void> };

/** Serves what `answer` gives for a request; 404 where it gives nothing. `localhost` and `127.0.0.1` are two sites to a browser. */
export async function serve(host: 'localhost' | '127.0.0.1', answer: (path: string, request: IncomingMessage) => Answer | string | undefined): Promise<Site> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const given = answer(new URL(request.url ?? '/', 'http://site').pathname, request);
    const { type = 'text/html; charset=utf-8', body, headers = {}, status = 200 } = typeof given === 'string' ? { body: given } : given ?? { body: 'no such page', status: 404 };
    response.writeHead(status, { 'content-type': type, ...headers }).end(body);
  });
  await new Promise<void>((ready) => server.listen(0, host, ready));
  const { port } = server.address() as AddressInfo;
  const stop = () => new Promise<void>((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
  return { url: `http://${host}:${port}`, port, asked, stop };
}
