// Child processes: started, waited for by what they print, ended.
import { type ChildProcess, spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** A process whose output is kept and can be waited for. */
export class Running {
  readonly lines: string[] = [];
  readonly errors: string[] = [];
  private readonly waiting = new Set<() => void>();
  private ended: string | undefined;

  private constructor(readonly child: ChildProcess, private readonly name: string) {
    const keep = (into: string[]) => (line: string) => {
      into.push(line);
      this.wake();
    };
    if (child.stdout) createInterface(child.stdout).on('line', keep(this.lines));
    if (child.stderr) createInterface(child.stderr).on('line', keep(this.errors));
    child.on('error', (error) => this.end(error.message));
    child.on('close', (code, signal) => this.end(`ended with ${signal ?? code}`));
  }

  static start(program: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Running {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    return new Running(child, program);
  }

  /** The first line on standard output (or error) that matches; fails when the process ends before or takes too long. */
  async line(pattern: RegExp, where: 'out' | 'err' = 'out', patience = 20_000): Promise<RegExpMatchArray> {
    const found = () => {
      for (const line of where === 'out' ? this.lines : this.errors) {
        const match = line.match(pattern);
        if (match) return match;
      }
      return undefined;
    };
    return await this.until(found, `print ${pattern}`, patience);
  }

  async exit(patience = 30_000): Promise<string> {
    return await this.until(() => this.ended, 'end', patience);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<string> {
    if (this.ended === undefined) this.child.kill(signal);
    return await this.exit();
  }

  private end(how: string): void {
    this.ended ??= how;
    this.wake();
  }

  private wake(): void {
    for (const look of [...this.waiting]) look();
  }

  private until<T>(found: () => T | undefined, what: string, patience: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const finish = (act: () => void) => {
        clearTimeout(timer);
        this.waiting.delete(look);
        act();
      };
      const fail = (why: string) => {
        const said = [...this.lines, ...this.errors].slice(-20).join('\n');
        finish(() => reject(new Error(`${this.name} should ${what}, but ${why}:\n${said}`)));
      };
      const look = () => {
        const value = found();
        if (value !== undefined) finish(() => resolve(value));
        else if (this.ended !== undefined) fail(this.ended);
      };
      const timer = setTimeout(() => fail(`it did not within ${patience} ms`), patience);
      this.waiting.add(look);
      look();
    });
  }
}

/**
 * Ports that are free now on loopback, all different. Below those that the system gives to outgoing connections, and from a range of
 * the worker's own: nobody else takes one before it is used.
 */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = lowest() + (next++ % RANGE);
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

const RANGE = 2_000;
const lowest = () => 20_000 + (Number(process.env.TEST_PARALLEL_INDEX ?? 0) % 5) * RANGE;
// Where the last worker of this index left off is not known.
let next = Math.floor(Math.random() * RANGE);

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Resolves once something accepts connections there: for programs that do not say when they are ready. */
export async function accepts(port: number, patience = 10_000): Promise<void> {
  const deadline = Date.now() + patience;
  for (;;) {
    const answered = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false)).once('close', () => socket.destroy());
      socket.once('connect', () => socket.destroy());
    });
    if (answered) return;
    if (Date.now() > deadline) throw new Error(`nothing accepts connections on port ${port}`);
    await new Promise((again) => setTimeout(again, 20));
  }
}
