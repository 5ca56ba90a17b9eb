// A real nginx before the server, which puts it below a path: as a user or as root, with its own configuration, on loopback.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accepts, freePorts, Running } from './process';

export const BASE_PATH = '/mail/smtp';

/** `strips`: what it passes on has lost the prefix. Otherwise the server sees the address as the browser has it. */
export type Mode = 'keeps' | 'strips';
export type Nginx = { url: string; log: () => Promise<string>; stop: () => Promise<void> };

export async function startNginx(server: string, mode: Mode): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'postroom-nginx-'));
  await mkdir(join(folder, 'temp'));
  const [port] = await freePorts(1);
  const file = join(folder, 'nginx.conf');
  await writeFile(file, configuration(folder, port!, server, mode));
  const running = Running.start('nginx', ['-p', folder, '-c', file, '-e', join(folder, 'error.log')], {
    env: { PATH: `${process.env.PATH}:/usr/sbin` },
  });
  await accepts(port!);
  return {
    url: `http://127.0.0.1:${port}${BASE_PATH}`,
    log: () => readFile(join(folder, 'access.log'), 'utf8'),
    stop: async () => {
      await running.stop('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, port: number, server: string, mode: Mode): string {
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `  ${name}_temp_path ${folder}/temp/${name};`);
  return [
    // Its workers have to reach the folder too.
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    'daemon off;',
    'worker_processes 1;',
    `pid ${folder}/nginx.pid;`,
    'events {}',
    'http {',
    ...temp,
    "  log_format whole '$request $status $http_referer';",
    `  access_log ${folder}/access.log whole;`,
    '  server {',
    `    listen 127.0.0.1:${port};`,
    `    location ${BASE_PATH}/ {`,
    // With an address after the port, nginx puts that in the place of the prefix.
    `      proxy_pass ${server}${mode === 'strips' ? '/' : ''};`,
    '      proxy_http_version 1.1;',
    '      proxy_set_header Host $http_host;',
    '      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
    '      proxy_set_header X-Forwarded-Proto $scheme;',
    '      proxy_set_header Connection "";',
    // Tests are watched live.
    '      proxy_buffering off;',
    '      proxy_read_timeout 1h;',
    '    }',
    '  }',
    '}',
    '',
  ].join('\n');
}
