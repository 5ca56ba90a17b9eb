// The surroundings themselves: the real mail server on each port, the real proxies, and the servers that misbehave.
// What holds here without Postroom makes a failure elsewhere Postroom's own.
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { expect, test } from '@playwright/test';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { newAddress, nextMail } from '../support/mail';
import { MAIL_USER, type ServiceName } from '../support/postfix';
import { PROXY_USER, type ProxyName } from '../support/proxies';
import { ScriptedServer } from '../support/scripted';
import { world } from '../support/world';

type Options = { service: ServiceName; login?: { user: string; pass: string }; connection?: Socket };

async function send({ service, login, connection }: Options, to: string): Promise<string> {
  const secure = service === 'submissions' || service.startsWith('implicit');
  const clear = service.startsWith('plain');
  const session = new SMTPConnection({
    host: 'localhost',
    port: world().mail.ports[service],
    secure,
    requireTLS: !secure && !clear,
    ignoreTLS: clear,
    tls: { ca: readFileSync(world().ca, 'utf8'), servername: 'localhost' },
    ...(connection ? { connection } : {}),
  });
  return await new Promise((resolve, reject) => {
    session.on('error', reject);
    const message = `From: <${MAIL_USER.name}>\r\nTo: <${to}>\r\nSubject: =?UTF-8?Q?Ol=C3=A1?=\r\n\r\nhello\r\n`;
    const deliver = () => session.send({ from: 'bounces@example.test', to }, message, (error, info) => {
      session.quit();
      if (error) reject(error);
      else resolve(info!.response);
    });
    session.connect((error) => {
      if (error) reject(error);
      else if (login) session.login(login, (refused) => (refused ? reject(refused) : deliver()));
      else deliver();
    });
  });
}

const LOGIN = { user: MAIL_USER.name, pass: MAIL_USER.password };

for (const { service, login } of [
  { service: 'plain' },
  { service: 'plainAuth', login: LOGIN },
  { service: 'starttls' },
  { service: 'submission', login: LOGIN },
  { service: 'implicit' },
  { service: 'submissions', login: LOGIN },
] as Options[]) {
  test(`the mail server delivers what comes in at ${service}`, async () => {
    const to = newAddress();
    expect(await send({ service, login }, to)).toMatch(/^250 2\.0\.0 Ok: queued as /);
    const mail = await nextMail(to);
    expect(mail.header('return-path')).toBe('<bounces@example.test>');
    expect(mail.subject).toBe('Olá');
    expect(mail.text).toBe('hello\n');
    expect(mail.raw.includes(`(Authenticated sender: ${MAIL_USER.name})`)).toBe(login !== undefined);
    expect(mail.raw.includes('using TLSv1')).toBe(!service.startsWith('plain'));
  });
}

for (const { what, options, says } of [
  { what: 'a wrong password', options: { service: 'submission', login: { user: LOGIN.user, pass: 'wrong' } }, says: /535 5\.7\.8/ },
  { what: 'no login where one is demanded', options: { service: 'submissions' }, says: /554 5\.7\.1|530 5\.7\.0/ },
  { what: 'an expired certificate', options: { service: 'starttlsExpired' }, says: /certificate has expired/ },
  { what: 'a certificate with another name', options: { service: 'implicitWrongName' }, says: /does not match/ },
  { what: 'a certificate of an unknown authority', options: { service: 'implicitUntrusted' }, says: /self.signed certificate|unable to (get|verify)/ },
] as { what: string; options: Options; says: RegExp }[]) {
  test(`the surroundings refuse ${what}`, async () => {
    await expect(send(options, newAddress())).rejects.toThrow(says);
  });
}

test('the mail server relays to nobody else', async () => {
  await expect(send({ service: 'plain' }, 'someone@elsewhere.test')).rejects.toThrow(/554 5\.7\.1/);
});

for (const name of ['socks5', 'socks5Auth', 'http', 'httpAuth'] as ProxyName[]) {
  test(`${name} leads to the mail server`, async () => {
    const proxy = world().proxies[name];
    const to = newAddress();
    const connection = await through(name, PROXY_USER.password);
    await send({ service: 'submission', login: LOGIN, connection }, to);
    expect((await nextMail(to)).headers_of('received').join('\n')).toContain(`[${proxy.leavesFrom}]`);
  });
}

for (const name of ['socks5Auth', 'httpAuth'] as ProxyName[]) {
  test(`${name} refuses a wrong password`, async () => {
    await expect(through(name, 'wrong')).rejects.toThrow(/refused/);
  });
}

/** A connection to the submission port through a proxy. */
async function through(name: ProxyName, password: string): Promise<Socket> {
  const proxy = world().proxies[name];
  const port = world().mail.ports.submission;
  const socket = connect(proxy.port, '127.0.0.1');
  const ask = async (bytes: Buffer | string) => {
    socket.write(bytes);
    return await new Promise<Buffer>((resolve, reject) => {
      // Paused until somebody listens again: the mail server's greeting may be close behind.
      socket.once('data', (data) => resolve((socket.pause(), data)));
      socket.once('error', reject).once('close', () => reject(new Error('refused: closed')));
      socket.resume();
    });
  };
  if (proxy.kind === 'http_connect') {
    const authorization = Buffer.from(`${PROXY_USER.name}:${password}`).toString('base64');
    const answer = await ask(`CONNECT 127.0.0.1:${port} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${
      proxy.auth ? `Proxy-Authorization: Basic ${authorization}\r\n` : ''}\r\n`);
    if (!/^HTTP\/1\.[01] 200 /.test(answer.toString())) throw new Error(`refused: ${answer}`);
    const end = answer.indexOf('\r\n\r\n') + 4;
    if (end < answer.length) socket.unshift(answer.subarray(end));
    return socket;
  }
  const method = await ask(Buffer.from([5, 1, proxy.auth ? 2 : 0]));
  if (method[1] === 0xff) throw new Error('refused: no method');
  if (proxy.auth) {
    const [user, pass] = [Buffer.from(PROXY_USER.name), Buffer.from(password)];
    const answer = await ask(Buffer.concat([Buffer.from([1, user.length]), user, Buffer.from([pass.length]), pass]));
    if (answer[1] !== 0) throw new Error('refused: wrong password');
  }
  const answer = await ask(Buffer.from([5, 1, 0, 1, 127, 0, 0, 1, port >> 8, port & 255]));
  if (answer[1] !== 0) throw new Error(`refused: ${answer[1]}`);
  return socket;
}

test('the scripted server says what it is told to', async () => {
  const server = await ScriptedServer.start({ answers: { MAIL: '451 4.3.0 later' } });
  const socket = connect(server.port, '127.0.0.1');
  const next = () => new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
  expect(await next()).toMatch(/^220 /);
  socket.write('EHLO x\r\n');
  expect(await next()).toMatch(/^250-/);
  socket.write('MAIL FROM:<a@b.test>\r\n');
  expect(await next()).toBe('451 4.3.0 later\r\n');
  socket.destroy();
  await server.clientGone();
  expect(server.heard).toEqual(['EHLO x', 'MAIL FROM:<a@b.test>']);
  await server.stop();
});
