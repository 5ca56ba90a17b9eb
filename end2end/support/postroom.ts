// The server under test: its own process, port and data folder; stopped, killed and started again at will.
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Running } from './process';

export const ROLES = ['viewer', 'operator', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** One user for each role; the name is the role's. */
export const USER_PASSWORD = 'a password long enough';

/** A data folder that has users, and a session of each, ready to be copied. */
export type Template = { folder: string; sessions: Record<Role, string> };

const BINARY = resolve(__dirname, '..', process.env.POSTROOM_BIN ?? '../target/release/postroom');

export class Postroom {
  private running: Running | undefined;
  private address = '';

  constructor(
    readonly folder: string,
    private readonly ca: string,
    private readonly more: Record<string, string> = {},
  ) {}

  /** With a data folder of its own in the system's temporary folder; `template` brings users. */
  static async create(ca: string, template?: Template, more: Record<string, string> = {}): Promise<Postroom> {
    const folder = await mkdtemp(join(tmpdir(), 'postroom-server-'));
    if (template) await cp(template.folder, folder, { recursive: true });
    return new Postroom(folder, ca, more);
  }

  get url(): string {
    if (!this.address) throw new Error('the server has not been started');
    return this.address;
  }

  /** All that the process has said so far, on both streams. */
  get said(): string {
    return this.running ? [...this.running.lines, ...this.running.errors].join('\n') : '';
  }

  /** Starts it and waits until it says where it listens. A restart keeps the address, so that a browser finds it again. */
  async start(): Promise<void> {
    const listen = this.address ? new URL(this.address).host : '127.0.0.1:0';
    this.running = Running.start(BINARY, ['serve', '--listen', listen], { cwd: this.folder, env: this.environment() });
    const [, address] = await this.running.line(/^Postroom listens on (http:\/\/\S+)/);
    this.address = address!;
  }

  /** The link that a first start prints. */
  async setupLink(): Promise<string> {
    const [, link] = await this.running!.line(/^Set-up link, works once: (\S+)/);
    return link!;
  }

  /** Asked politely; answers how it ended. */
  async stop(): Promise<string> {
    return await this.running?.stop('SIGTERM') ?? '';
  }

  async kill(): Promise<void> {
    await this.running?.stop('SIGKILL');
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Runs another command of the binary on the same data. */
  async command(args: string[], input = ''): Promise<{ code: number | null; out: string; err: string }> {
    return await new Promise((done, reject) => {
      const child = spawn(BINARY, args, { cwd: this.folder, env: this.environment() });
      let [out, err] = ['', ''];
      child.stdout.on('data', (data) => (out += data));
      child.stderr.on('data', (data) => (err += data));
      child.on('error', reject);
      child.on('close', (code) => done({ code, out, err }));
      child.stdin.on('error', () => undefined).end(input);
    });
  }

  async addUser(name: string, role: Role, password = USER_PASSWORD): Promise<void> {
    const { code, out, err } = await this.command(['user', 'add', '--name', name, '--role', role, '--password-stdin'], password);
    if (code !== 0) throw new Error(`user add ended with ${code}: ${out}${err}`);
  }

  /** Signs in as the form does; answers the session cookie as `name=value`. */
  async signIn(name: string, password = USER_PASSWORD): Promise<string> {
    const answer = await fetch(`${this.url}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: this.url, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ user_name: name, password, next: '' }).toString(),
    });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0];
    if (answer.status !== 303 || !cookie) {
      throw new Error(`signing in as ${name}: ${answer.status} ${answer.headers.get('location')}`);
    }
    return cookie;
  }

  private environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      POSTROOM_DATABASE_URL: `sqlite://${join(this.folder, 'postroom.db')}`,
      POSTROOM_MASTER_KEY_FILE: join(this.folder, 'master.key'),
      // The tests' own mail servers and proxies listen on loopback, on ports that were free.
      POSTROOM_ALLOW_DESTINATIONS: '127.0.0.0/8:1-65535, [::1/128]:1-65535',
      POSTROOM_CA_FILE: this.ca,
      POSTROOM_EHLO_NAME: 'postroom.example.test',
      POSTROOM_LOG: 'info',
      ...this.more,
    };
  }
}

/** Makes the folder that every test's server starts from. */
export async function makeTemplate(folder: string, ca: string): Promise<Template> {
  await mkdir(folder, { recursive: true });
  const server = new Postroom(folder, ca);
  for (const role of ROLES) await server.addUser(role, role);
  await server.start();
  const sessions = {} as Record<Role, string>;
  for (const role of ROLES) sessions[role] = await server.signIn(role);
  const ended = await server.stop();
  if (ended !== 'ended with 0') throw new Error(`the server ${ended}:\n${server.said}`);
  return { folder, sessions };
}
