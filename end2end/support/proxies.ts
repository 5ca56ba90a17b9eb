// Real proxies: microsocks (SOCKS5) and tinyproxy (HTTP CONNECT), each with and without a user.
// Each leaves from a loopback address of its own, so that the mail server's Received header says which way a mail came.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accepts, freePorts, Running } from './process';

export const PROXY_USER = { name: 'tunnel', password: 'through-the-wall-1' };

const PROXIES = {
  socks5: { kind: 'socks5', auth: false, leavesFrom: '127.0.0.21' },
  socks5Auth: { kind: 'socks5', auth: true, leavesFrom: '127.0.0.22' },
  http: { kind: 'http_connect', auth: false, leavesFrom: '127.0.0.23' },
  httpAuth: { kind: 'http_connect', auth: true, leavesFrom: '127.0.0.24' },
} as const;

export type ProxyName = keyof typeof PROXIES;
export type Proxy = { kind: 'socks5' | 'http_connect'; auth: boolean; leavesFrom: string; port: number; log: string };

export async function startProxies(folder: string): Promise<{ proxies: Record<ProxyName, Proxy>; stop: () => Promise<void> }> {
  const names = Object.keys(PROXIES) as ProxyName[];
  const ports = await freePorts(names.length);
  const running: Running[] = [];
  const proxies = {} as Record<ProxyName, Proxy>;
  for (const [at, name] of names.entries()) {
    const proxy = { ...PROXIES[name], port: ports[at]!, log: join(folder, `${name}.log`) };
    proxies[name] = proxy;
    running.push(proxy.kind === 'socks5' ? startSocks(proxy) : await startHttp(proxy, join(folder, `${name}.conf`)));
    await accepts(proxy.port);
  }
  return { proxies, stop: async () => void (await Promise.all(running.map((one) => one.stop('SIGKILL')))) };
}

function startSocks(proxy: Proxy): Running {
  const user = proxy.auth ? ['-u', PROXY_USER.name, '-P', PROXY_USER.password] : [];
  return Running.start('microsocks', ['-i', '127.0.0.1', '-p', String(proxy.port), '-b', proxy.leavesFrom, ...user]);
}

async function startHttp(proxy: Proxy, file: string): Promise<Running> {
  await writeFile(proxy.log, '');
  await writeFile(file, [
    `Port ${proxy.port}`,
    'Listen 127.0.0.1',
    `Bind ${proxy.leavesFrom}`,
    'Allow 127.0.0.1',
    'Timeout 60',
    'MaxClients 50',
    `LogFile "${proxy.log}"`,
    'LogLevel Connect',
    ...(proxy.auth ? [`BasicAuth ${PROXY_USER.name} ${PROXY_USER.password}`] : []),
    '',
  ].join('\n'));
  return Running.start('tinyproxy', ['-d', '-c', file]);
}
