// A portal of somebody else: its own sign-in, look and router. It shows Postroom in three ways. Nothing of Postroom's code is here.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { passOn } from './proxy.mjs';
import { signToken } from './token.mjs';

const FILES = { '/look.css': 'text/css', '/router.js': 'text/javascript', '/pages.js': 'text/javascript', '/bare.js': 'text/javascript', '/element.js': 'text/javascript' };
const ROUTES = ['/', '/berths', '/mail/iframe', '/mail/element', '/mail/below'];

export const PEOPLE = { ana: 'administrator', otto: 'operator', vera: 'viewer' };
export const PASSWORD = 'portal';

const read = (name) => readFileSync(new URL(`site/${name}`, import.meta.url), 'utf8');

/**
 * `postroom`: its address as browsers reach it, with the base path. `people`: names and roles. `secret`: shared with Postroom.
 * `claims`: replaces claims of each token. Answers where it listens, and how to end it.
 */
export async function startPortal({ postroom, secret, people = PEOPLE, port = 0, host = 'localhost', claims = () => ({}) }) {
  const sessions = new Map();
  const asked = [];
  const origin = new URL(postroom).origin;

  const personOf = (request) => sessions.get(/(?:^|; )portal=(\w+)/.exec(request.headers.cookie ?? '')?.[1]);

  const answers = {
    'GET /sign-in': (request, response) => page(response, 'sign-in.html', {}),
    'POST /sign-in': async (request, response) => {
      const form = new URLSearchParams(await body(request));
      const name = form.get('name') ?? '';
      if (!Object.hasOwn(people, name) || form.get('password') !== PASSWORD) return to(response, '/sign-in?wrong');
      const id = randomBytes(16).toString('hex');
      sessions.set(id, { name, shown: name, role: people[name] });
      response.setHeader('set-cookie', `portal=${id}; Path=/; HttpOnly; SameSite=Lax`);
      to(response, '/');
    },
    'POST /sign-out': (request, response) => {
      sessions.delete(/portal=(\w+)/.exec(request.headers.cookie ?? '')?.[1]);
      to(response, '/sign-in');
    },
    // What the pages fetch when Postroom asks for a token. The browser's own word keeps other sites from asking.
    'POST /api/postroom-token': (request, response, person) => {
      if (!person || request.headers['sec-fetch-site'] !== 'same-origin') return plain(response, 403, 'no');
      asked.push(person.name);
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify({ token: signToken(person, secret, claims()) }));
    },
  };

  const serve = async (request, response) => {
    const { pathname } = new URL(request.url, 'http://portal');
    const person = personOf(request);
    if (pathname.startsWith('/mail/smtp')) return passOn(request, response, postroom, person);
    const answer = answers[`${request.method} ${pathname}`];
    if (answer) return await answer(request, response, person);
    if (request.method !== 'GET') return plain(response, 405, 'no');
    if (FILES[pathname]) {
      response.writeHead(200, { 'content-type': FILES[pathname], 'cache-control': 'no-cache' });
      return response.end(read(pathname.slice(1)));
    }
    if (!ROUTES.includes(pathname)) return plain(response, 404, 'no such page');
    if (!person) return to(response, '/sign-in');
    page(response, 'shell.html', { postroom, person: person.name });
  };

  const page = (response, name, values) => {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      // A portal with a strict policy: this is all that it has to allow for Postroom.
      'content-security-policy': `default-src 'self'; script-src 'self' ${origin}; frame-src 'self' ${origin}; frame-ancestors 'none'; object-src 'none'; base-uri 'none'`,
      'referrer-policy': 'no-referrer',
    });
    response.end(read(name).replace(/\{\{(\w+)\}\}/g, (_, key) => escape(values[key])));
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error) => plain(response, 500, error.message));
  });
  await new Promise((ready) => server.listen(port, host, ready));
  return {
    url: `http://${host}:${server.address().port}`,
    /** Who asked for a token, one name each time. */
    asked,
    /** A session as the sign-in form makes it: a cookie's name and value. */
    session(name) {
      const value = randomBytes(16).toString('hex');
      sessions.set(value, { name, shown: name, role: people[name] });
      return { name: 'portal', value };
    },
    stop: () => new Promise((done) => (server.close(done), server.closeAllConnections())),
  };
}

const escape = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

function to(response, address) {
  response.writeHead(303, { location: address }).end();
}

function plain(response, status, text) {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
}

async function body(request) {
  let text = '';
  for await (const piece of request) {
    text += piece;
    if (text.length > 10_000) throw new Error('too long');
  }
  return text;
}
