// Postroom as a product: its own process on a database with so many accounts, and somebody signed in.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { account, COLUMNS } from './accounts.mjs';
import { unlessEnded } from './endings.mjs';
import { BINARY, HERE, WORK } from './folders.mjs';

const USER = 'bench';
const PASSWORD = 'a password long enough';

/** Runs `use` with the server's address, the cookie of a session and another administrator's API token; everything is gone afterwards. */
export async function withPostroom(rows, port, use) {
  await mkdir(WORK, { recursive: true });
  const folder = await mkdtemp(join(WORK, `accounts-${rows}-`));
  const env = {
    PATH: process.env.PATH,
    POSTROOM_LISTEN: `127.0.0.1:${port}`,
    POSTROOM_DATABASE_URL: `sqlite://${join(folder, 'postroom.db')}`,
    POSTROOM_MASTER_KEY_FILE: join(folder, 'master.key'),
    POSTROOM_EHLO_NAME: 'postroom.example.test',
    POSTROOM_LOG: 'error',
  };
  let server;
  const over = unlessEnded(() => {
    server?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  try {
    const token = await fill(folder, rows, env);
    server = spawn(BINARY, ['serve'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await listens(server);
    return await use({ url, cookies: [await signIn(url)], token, pid: server.pid });
  } finally {
    if (server && server.exitCode === null && server.signalCode === null) {
      server.kill();
      await once(server, 'close');
    }
    await rm(folder, { recursive: true, force: true });
    over();
  }
}

/**
 * Two accounts as `import` makes them, one with a secure connection and one without; the others are copies in all that is not shown.
 * Answers the API token.
 */
async function fill(folder, rows, env) {
  await run(BINARY, ['user', 'add', '--name', USER, '--role', 'administrator', '--password-stdin'], env, [PASSWORD]);
  const token = await run(BINARY, ['token', 'add', '--name', 'another', '--role', 'administrator'], env);
  const file = join(folder, 'first.toml');
  await writeFile(file, `postroom = 1\n${[1, 2].map(asToml).join('')}`);
  await run(BINARY, ['import', file], env);
  const keys = COLUMNS.map(([key]) => key);
  const lines = function* () {
    yield `${keys.join('\t')}\n`;
    for (let id = 3; id <= rows; id++) {
      const one = account(id);
      yield `${keys.map((key) => one[key]).join('\t')}\n`;
    }
  };
  await run('python3', [join(HERE, 'fill.py'), join(folder, 'postroom.db')], { PATH: process.env.PATH }, lines());
  return token;
}

function asToml(id) {
  const one = account(id);
  const flags = ['enabled', 'is_default', 'secure', 'force_settings', 'read_receipt', 'footnote'];
  const texts = ['name', 'sender', 'reply_to', 'return_path', 'confirmation'];
  return ['\n[[accounts]]', 'host = "mail.example.com"', 'port = 587', ...texts.map((key) => `${key} = "${one[key]}"`),
    ...flags.map((key) => `${key} = ${one[key] === 'Yes'}`), ''].join('\n');
}

/** Answers what it prints. */
async function run(program, args, env, lines = []) {
  const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  let printed = '';
  child.stdout.on('data', (data) => (printed += data));
  let said = '';
  child.stderr.on('data', (data) => (said += data));
  child.stdin.on('error', () => undefined); // it says itself why it stopped reading
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length < 65536) continue;
    if (!child.stdin.write(piece)) await Promise.race([once(child.stdin, 'drain'), ended]);
    piece = '';
  }
  child.stdin.end(piece);
  const [code] = await ended;
  if (code !== 0) throw new Error(`${program} ${args[0]} ended with ${code}: ${said}`);
  return printed.trim();
}

async function listens(server) {
  for await (const line of createInterface(server.stdout)) {
    const [, url] = line.match(/^Postroom listens on (http:\/\/\S+)/) ?? [];
    // Whatever it says later is thrown away, so that it never waits for a reader.
    if (url) return server.stdout.resume(), url;
  }
  throw new Error('Postroom ended before it listened');
}

async function signIn(url) {
  const answer = await fetch(`${url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ user_name: USER, password: PASSWORD, next: '' }).toString(),
  });
  const [name, value] = answer.headers.get('set-cookie')?.split(';')[0].split('=') ?? [];
  if (answer.status !== 303 || !value) throw new Error(`signing in: ${answer.status} ${answer.headers.get('location')}`);
  return { name, value, url, httpOnly: true, path: '/' };
}
