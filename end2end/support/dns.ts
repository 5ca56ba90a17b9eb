// A name server on loopback, over UDP and TCP, that answers from what a test gives it, and knows nothing else in the world.
import { createSocket, type Socket } from 'node:dgram';
import { createServer, type AddressInfo, type Server, type Socket as Stream } from 'node:net';

const KINDS = { A: 1, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33 } as const;
export type Kind = keyof typeof KINDS;

/** What fits into an answer over UDP; a longer one is cut, and the client has to come again over TCP. */
const MAX_UDP = 512;

export class NameServer {
  /** What was asked, in order: `udp TXT example.test`. */
  readonly asked: string[] = [];
  private readonly records = new Map<string, { kind: Kind; data: Buffer }[]>();
  private readonly silenced = new Set<string>();
  private silent = false;
  private readonly streams = new Set<Stream>();
  private waiting: (() => void)[] = [];

  private constructor(private readonly udp: Socket, private readonly tcp: Server) {
    udp.on('message', (query, from) => {
      const answer = this.answer(query, 'udp');
      if (answer) udp.send(answer.length > MAX_UDP ? cut(answer) : answer, from.port, from.address);
    });
    tcp.on('connection', (stream) => this.serve(stream));
  }

  static async start(): Promise<NameServer> {
    for (;;) {
      const tcp = createServer();
      await new Promise<void>((ready) => tcp.listen(0, '127.0.0.1', ready));
      const { port } = tcp.address() as AddressInfo;
      const udp = createSocket('udp4');
      const same = await new Promise<boolean>((done) => {
        udp.once('error', () => done(false)).bind(port, '127.0.0.1', () => done(true));
      });
      if (same) return new NameServer(udp, tcp);
      tcp.close();
    }
  }

  get address(): string {
    return `127.0.0.1:${(this.tcp.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const stream of this.streams) stream.destroy();
    await new Promise<void>((done) => this.tcp.close(() => done()));
    await new Promise<void>((done) => this.udp.close(() => done()));
  }

  /** One line a record: `example.test MX 10 mx.example.test`, `192.0.2.1 PTR mail.example.test`, `example.test TXT v=spf1 -all`. */
  knows(zone: string): this {
    for (const line of zone.split('\n').map((line) => line.trim()).filter(Boolean)) {
      const [name, kind, ...rest] = line.split(' ') as [string, Kind, ...string[]];
      const key = kind === 'PTR' ? reversed(name) : name.toLowerCase();
      this.records.set(key, [...(this.records.get(key) ?? []), { kind, data: data(kind, rest) }]);
    }
    return this;
  }

  /** Another record, or none, where this one stood. */
  instead(name: string, kind: Kind, value = ''): this {
    this.records.set(name, (this.records.get(name) ?? []).filter((record) => record.kind !== kind));
    return value ? this.knows(`${name} ${kind} ${value}`) : this;
  }

  /** It says nothing when asked for these names; without any, whatever it is asked for. */
  saysNothing(...names: string[]): this {
    names.forEach((name) => this.silenced.add(name));
    this.silent ||= names.length === 0;
    return this;
  }

  /** Resolves once somebody has asked. */
  async wasAsked(): Promise<void> {
    while (this.asked.length === 0) await new Promise<void>((wake) => this.waiting.push(wake));
  }

  private serve(stream: Stream): void {
    this.streams.add(stream);
    let rest: Buffer = Buffer.alloc(0);
    stream.on('error', () => undefined).on('close', () => this.streams.delete(stream));
    stream.on('data', (data: Buffer) => {
      rest = Buffer.concat([rest, data]);
      while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0)) {
        const end = 2 + rest.readUInt16BE(0);
        const answer = this.answer(rest.subarray(2, end), 'tcp');
        rest = rest.subarray(end);
        if (answer) stream.write(Buffer.concat([number(answer.length), answer]));
      }
    });
  }

  private answer(query: Buffer, way: string): Buffer | undefined {
    const end = questionEnd(query);
    const name = readName(query);
    const kind = query.readUInt16BE(end - 4);
    const called = (Object.keys(KINDS) as Kind[]).find((known) => KINDS[known] === kind);
    this.asked.push(`${way} ${called ?? kind} ${name}`);
    this.waiting.splice(0).forEach((wake) => wake());
    if (this.silent || this.silenced.has(name)) return undefined;
    const records = (this.records.get(name) ?? []).filter((record) => record.kind === called);
    // A name above one that is known exists as well.
    const exists = [...this.records.keys()].some((known) => known === name || known.endsWith(`.${name}`));
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    // An answer, with recursion; without such a name, that there is none.
    header.writeUInt16BE(exists ? 0x8180 : 0x8183, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    // The name of the question, by a pointer to it; class IN; kept for a minute.
    const answers = records.map(({ data }) => Buffer.concat([number(0xc00c), number(kind), number(1), number(0), number(60), number(data.length), data]));
    return Buffer.concat([header, query.subarray(12, end), ...answers]);
  }
}

function data(kind: Kind, [first = '', ...rest]: string[]): Buffer {
  switch (kind) {
    case 'A':
    case 'AAAA': return Buffer.from(octets(first));
    case 'PTR': return wireName(first);
    case 'MX': return Buffer.concat([number(Number(first)), wireName(rest[0]!)]);
    case 'SRV': return Buffer.concat([...[first, ...rest.slice(0, 2)].map((text) => number(Number(text))), wireName(rest[2]!)]);
    case 'TXT': {
      // One record; a text of more than 255 octets is several strings in it.
      const text = Buffer.from([first, ...rest].join(' '));
      const parts: Buffer[] = [];
      for (let at = 0; at < text.length; at += 255) {
        const part = text.subarray(at, at + 255);
        parts.push(Buffer.from([part.length]), part);
      }
      return Buffer.concat(parts);
    }
  }
}

function octets(ip: string): number[] {
  if (!ip.includes(':')) return ip.split('.').map(Number);
  const [head, tail] = ip.split('::').map((half) => half.split(':').filter(Boolean)) as [string[], string[] | undefined];
  const gap = Array<string>(8 - head.length - (tail?.length ?? 0)).fill('0');
  return [...head, ...(tail ? [...gap, ...tail] : [])].flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255]);
}

function reversed(ip: string): string {
  const all = octets(ip).reverse();
  if (all.length === 4) return `${all.join('.')}.in-addr.arpa`;
  return `${all.flatMap((octet) => [(octet & 15).toString(16), (octet >> 4).toString(16)]).join('.')}.ip6.arpa`;
}

function number(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255]);
}

function wireName(name: string): Buffer {
  const labels = name.split('.').filter(Boolean).map((label) => Buffer.from([label.length, ...Buffer.from(label, 'latin1')]));
  return Buffer.concat([...labels, Buffer.alloc(1)]);
}

function questionEnd(packet: Buffer): number {
  let at = 12;
  while (packet[at]! > 0) at += packet[at]! + 1;
  return at + 5;
}

function readName(packet: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; packet[at]! > 0; at += packet[at]! + 1) labels.push(packet.toString('latin1', at + 1, at + 1 + packet[at]!));
  return labels.join('.').toLowerCase();
}

/** No answers, and that there are more. */
function cut(answer: Buffer): Buffer {
  const short = Buffer.from(answer.subarray(0, questionEnd(answer)));
  short.writeUInt16BE(short.readUInt16BE(2) | 0x0200, 2);
  short.writeUInt16BE(0, 6);
  return short;
}
