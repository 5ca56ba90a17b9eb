// A small SMTP server that misbehaves on purpose, for what a real one cannot be made to do.
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What it answers to a command; `silence` never answers, `hang up` closes the connection. */
export type Answer = string | 'silence' | 'hang up';

export type Script = {
  greeting?: Answer;
  /** By the command's first word (`MAIL`); `.` stands for the end of the message. */
  answers?: Record<string, Answer>;
};

const USUAL: Record<string, Answer> = {
  EHLO: '250-scripted.example.test\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME',
  HELO: '250 scripted.example.test',
  AUTH: '235 2.7.0 welcome',
  MAIL: '250 2.1.0 ok',
  RCPT: '250 2.1.5 ok',
  DATA: '354 go ahead',
  '.': '250 2.0.0 queued as SCRIPT1',
  RSET: '250 ok',
  QUIT: '221 2.0.0 bye',
};

export class ScriptedServer {
  /** Every line that clients sent. */
  readonly heard: string[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly waiting: (() => void)[] = [];
  private closed = 0;

  private constructor(private readonly server: Server, private readonly script: Script) {
    server.on('connection', (socket) => this.serve(socket));
  }

  static async start(script: Script): Promise<ScriptedServer> {
    const server = createServer();
    const scripted = new ScriptedServer(server, script);
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return scripted;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Resolves once a client has gone away, by itself or by force. */
  async clientGone(): Promise<void> {
    while (this.closed === 0) await new Promise<void>((wake) => this.waiting.push(wake));
  }

  async clientHere(): Promise<void> {
    while (this.sockets.size === 0 && this.closed === 0) await new Promise<void>((wake) => this.waiting.push(wake));
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((done) => this.server.close(done));
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    this.wake();
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.sockets.delete(socket);
      this.closed += 1;
      this.wake();
    });
    this.say(socket, this.script.greeting ?? '220 scripted.example.test ESMTP');
    let rest = '';
    let inMessage = false;
    socket.on('data', (data) => {
      rest += data.toString('latin1');
      const lines = rest.split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        this.heard.push(line);
        if (inMessage && line !== '.') continue;
        const word = inMessage ? '.' : (line.split(' ')[0] ?? '').toUpperCase();
        const answer = this.script.answers?.[word] ?? USUAL[word] ?? '502 5.5.2 not understood';
        inMessage = word === 'DATA' && answer.startsWith('354');
        this.say(socket, answer);
        if (word === 'QUIT') socket.end();
      }
    });
  }

  private say(socket: Socket, answer: Answer): void {
    if (answer === 'silence') return;
    if (answer === 'hang up') socket.destroy();
    else socket.write(`${answer}\r\n`);
  }

  private wake(): void {
    for (const wake of this.waiting.splice(0)) wake();
  }
}
