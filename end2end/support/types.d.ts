// What is used of nodemailer, which brings no types: a session made by hand, to prove the real servers.
declare module 'nodemailer/lib/smtp-connection' {
  import type { Socket } from 'node:net';
  import type { EventEmitter } from 'node:events';
  type Done = (error?: Error | null, info?: { response: string }) => void;
  export default class SMTPConnection extends EventEmitter {
    constructor(options: {
      host: string;
      port: number;
      secure?: boolean;
      requireTLS?: boolean;
      ignoreTLS?: boolean;
      connection?: Socket;
      tls?: { ca?: string; servername?: string; rejectUnauthorized?: boolean };
    });
    connect(done: Done): void;
    login(auth: { user: string; pass: string }, done: Done): void;
    send(envelope: { from: string; to: string }, message: string, done: Done): void;
    quit(): void;
    close(): void;
  }
}

// The sample portal is plain JavaScript.
declare module '*/portal/portal.mjs' {
  export function startPortal(options: import('./portal').PortalOptions): Promise<import('./portal').Portal>;
}
