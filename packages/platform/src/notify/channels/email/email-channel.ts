import { isIP } from "node:net";
import { TrimtabError } from "@trimtab/domain";
import { resolveChecked } from "../../guard/guarded-lookup.ts";
import { withSignal } from "../../guard/guarded-request.ts";
import { type ChannelValues, defineChannel, type SendOutcome, type SendRequest } from "../channel.ts";
import { oneLine, plainText } from "../shared/plain-text.ts";
import { rasterImage } from "../shared/raster-image.ts";
import { emailHtml } from "./email-html.ts";

const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+$/;
const SENDER = /^(?:[^<>@\r\n]*<)?[^\s@<>,;"]+@([^\s@<>,;"]+?)>?$/;

/** People's mailboxes, through a mail server of the company's. */
export const emailChannel = defineChannel({
  apiVersion: 1,
  kind: "email",
  title: "Email",
  description: "People's mailboxes, through your mail server (SMTP); charts are shown within the text.",
  takesAddresses: true,
  fields: [
    {
      name: "host",
      title: "Mail server",
      help: "smtp.example.com",
      type: "text",
      required: true,
      secret: false,
    },
    {
      name: "port",
      title: "Port",
      help: "mostly 587 or 465",
      type: "number",
      default: 587,
      required: false,
      secret: false,
    },
    {
      name: "security",
      title: "Encryption",
      help: "starttls (587), tls (465), or none within your own network",
      type: "choice",
      choices: ["starttls", "tls", "none"],
      default: "starttls",
      required: false,
      secret: false,
    },
    {
      name: "user",
      title: "User",
      help: "where the server asks for one",
      type: "text",
      required: false,
      secret: false,
    },
    {
      name: "password",
      title: "Password",
      help: "of that user",
      type: "text",
      required: false,
      secret: true,
    },
    {
      name: "from",
      title: "Sender",
      help: "Trimtab <costs@example.com>",
      type: "text",
      required: true,
      secret: false,
    },
    {
      name: "replyTo",
      title: "Answers to",
      help: "if they go elsewhere",
      type: "text",
      required: false,
      secret: false,
    },
  ],
  problem: ({ settings, secrets }: ChannelValues) => {
    const { host, port, from, replyTo, user } = settings;
    if (!/^[A-Za-z0-9.:[\]_-]+$/.test(String(host))) return { field: "host", reason: "it is no host name" };
    if (Number(port) < 1 || Number(port) > 65_535) return { field: "port", reason: "it is no port" };
    if (!SENDER.test(String(from))) return { field: "from", reason: "it holds no email address" };
    if (replyTo !== undefined && !ADDRESS.test(String(replyTo)))
      return { field: "replyTo", reason: "it is no email address" };
    if ((user === undefined) !== (secrets.password === undefined))
      return { field: "user", reason: "user and password belong together" };
    return undefined;
  },
  target: ({ settings }: ChannelValues) => `${settings.host}:${settings.port}`,
  send: async (request: SendRequest): Promise<SendOutcome> => {
    const { address, signal, network } = request;
    if (address === undefined || !ADDRESS.test(address))
      return { outcome: "refused", detail: "there is no address to send it to" };
    const limit = AbortSignal.any([signal, AbortSignal.timeout(network.timeoutMs)]);
    try {
      const transport = await openTransport(request, limit);
      try {
        const { response } = await withSignal(transport.sendMail(await mailOf(request, address)), limit);
        return {
          outcome: "delivered",
          detail: `the mail server said ${/^\d{3}/.exec(response)?.[0] ?? "yes"}`,
        };
      } finally {
        transport.close();
      }
    } catch (error) {
      return smtpFailure(error);
    }
  },
});

/** The connection goes to the address that was checked; the name is what its certificate must be for. */
const openTransport = async ({ settings, secrets, network }: SendRequest, signal: AbortSignal) => {
  const host = String(settings.host);
  const [first] = await withSignal(resolveChecked(host, network.rules, network.resolve), signal);
  const { createTransport } = await import("nodemailer");
  const { timeoutMs } = network;
  return createTransport({
    host: first?.address ?? host,
    port: Number(settings.port),
    secure: settings.security === "tls",
    requireTLS: settings.security === "starttls",
    ignoreTLS: settings.security === "none",
    ...(isIP(host) === 0 ? { tls: { servername: host } } : {}),
    ...(settings.user === undefined
      ? {}
      : { auth: { user: String(settings.user), pass: secrets.password ?? "" } }),
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
};

const mailOf = async (request: SendRequest, address: string) => {
  const { message, settings, idempotencyKey, createdAt } = request;
  const domain = SENDER.exec(String(settings.from))?.[1] ?? "trimtab.invalid";
  const images = await Promise.all((message.charts ?? []).map(({ image }) => rasterImage(image)));
  const ids = images.map((_, index) => `chart-${index + 1}.${idempotencyKey}@${domain}`);
  return {
    from: String(settings.from),
    to: { name: "", address },
    ...(settings.replyTo === undefined ? {} : { replyTo: String(settings.replyTo) }),
    subject: oneLine(message.title),
    date: new Date(createdAt),
    // The same for every try: mail programs show one of several with the same id.
    messageId: `<${idempotencyKey}@${domain}>`,
    headers: { "Idempotency-Key": idempotencyKey, "Auto-Submitted": "auto-generated" },
    text: plainText(message),
    html: emailHtml(message, ids),
    attachments: [
      ...images.map(({ fileName, contentType, bytes }, index) => ({
        ...{ filename: fileName, contentType, content: Buffer.from(bytes), cid: ids[index] ?? "" },
        contentDisposition: "inline" as const,
      })),
      ...(message.attachments ?? []).map(({ fileName, contentType, bytes }) => ({
        ...{ filename: oneLine(fileName), contentType, content: Buffer.from(bytes) },
      })),
    ],
  };
};

/** By the reply's code where there is one: 4xx passes, 5xx stays. What the server says may hold addresses and is not repeated. */
const smtpFailure = (error: unknown): SendOutcome => {
  if (error instanceof TrimtabError) return { outcome: "refused", detail: error.message };
  const { responseCode, code, name } = error as {
    readonly responseCode?: number;
    readonly code?: string;
    readonly name?: string;
  };
  if (name === "TimeoutError" || name === "AbortError" || code === "ETIMEDOUT")
    return { outcome: "retry", detail: "the mail server did not answer in time" };
  if (responseCode !== undefined)
    return {
      outcome: responseCode >= 500 ? "refused" : "retry",
      detail: `the mail server said ${responseCode}${code === "EAUTH" ? " to user and password" : ""}`,
    };
  return {
    outcome: "retry",
    detail: `the mail server can't be reached${code === undefined ? "" : ` (${code})`}`,
  };
};
