import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { onTestFinished } from "vitest";

export interface ReceivedMail {
  readonly to: readonly string[];
  readonly from: string;
  readonly source: string;
  /** The first value of a header, unfolded. */
  header(name: string): string | undefined;
}

export interface MailTarget {
  readonly port: number;
  readonly received: readonly ReceivedMail[];
  /** What is answered to the next messages: a code that is no success, or none. */
  refuse(code: number | undefined): void;
  /** Cuts the connection after a message was kept and before it is answered. */
  cut(isCut: boolean): void;
}

/** A real mail server on loopback, which keeps what it takes. */
export const mailTarget = async ({
  user,
  password,
}: {
  readonly user?: string;
  readonly password?: string;
} = {}): Promise<MailTarget> => {
  const received: ReceivedMail[] = [];
  let code: number | undefined;
  let isCut = false;
  const server = new SMTPServer({
    authOptional: user === undefined,
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    onAuth: (auth, _session, done) => {
      const isRight = auth.username === user && auth.password === password;
      done(isRight ? null : new Error("no"), { user: auth.username ?? "" });
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (code !== undefined) {
          done(Object.assign(new Error(`refused with ${code}`), { responseCode: code }));
          return;
        }
        const source = Buffer.concat(chunks).toString("utf8");
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          source,
          header: (name) => headerOf(source, name),
        });
        if (isCut) server.close(() => undefined);
        if (isCut) for (const connection of server.connections) connection.close();
        else done();
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return {
    port,
    received,
    refuse: (next) => {
      code = next;
    },
    cut: (next) => {
      isCut = next;
    },
  };
};

const headerOf = (source: string, name: string): string | undefined => {
  const [head = ""] = source.split(/\r?\n\r?\n/, 1);
  const unfolded = head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
  const line = unfolded.find((each) => each.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return line?.slice(name.length + 1).trim();
};
