import { guardedRequest } from "../../guard/guarded-request.ts";
import type { Message, MessageFile } from "../../message.ts";
import { type ChannelValues, defineChannel, type SendOutcome, type SendRequest } from "../channel.ts";
import { connectionFailure, httpFailure } from "../shared/reply-outcome.ts";
import { signWebhook } from "./sign-webhook.ts";

const LEAST_SECRET = 16;

/** Any program that answers HTTP. */
export const webhookChannel = defineChannel({
  apiVersion: 1,
  kind: "webhook",
  title: "Webhook",
  description: "JSON to an address of your own, signed so that the receiver knows who sent it.",
  takesAddresses: false,
  fields: [
    {
      name: "url",
      title: "Address",
      help: "https://…; it is kept like a password, because it often holds one",
      type: "text",
      required: true,
      secret: true,
    },
    {
      name: "signingSecret",
      title: "Signing secret",
      help: `at least ${LEAST_SECRET} characters that only you and the receiver know`,
      type: "text",
      required: true,
      secret: true,
    },
    {
      name: "includeFiles",
      title: "Send charts and attachments",
      help: "in base64 within the JSON; without it only their names are sent",
      type: "switch",
      default: false,
      required: false,
      secret: false,
    },
  ],
  problem: ({ secrets }) => {
    if (!isHttp(secrets.url ?? "")) return { field: "url", reason: "it is no http or https address" };
    const isShort = (secrets.signingSecret ?? "").length < LEAST_SECRET;
    return isShort
      ? { field: "signingSecret", reason: `it has fewer than ${LEAST_SECRET} characters` }
      : undefined;
  },
  target: ({ secrets }: ChannelValues) => new URL(secrets.url ?? "").host,
  send: async (request: SendRequest): Promise<SendOutcome> => {
    const { settings, secrets, idempotencyKey, network, signal, now } = request;
    const body = webhookBody(request, settings.includeFiles === true);
    try {
      const reply = await guardedRequest(network, {
        url: secrets.url ?? "",
        method: "POST",
        headers: {
          "content-type": "application/json; charset=utf-8",
          "user-agent": "Trimtab",
          "idempotency-key": idempotencyKey,
          "trimtab-signature": signWebhook(secrets.signingSecret ?? "", body, now),
        },
        body,
        signal,
      });
      const isDelivered = reply.status >= 200 && reply.status < 300;
      return isDelivered
        ? { outcome: "delivered", detail: `it answered ${reply.status}` }
        : httpFailure(reply, now);
    } catch (error) {
      return connectionFailure(error);
    }
  },
});

const isHttp = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** The same for every try of a delivery. */
const webhookBody = (
  { idempotencyKey, createdAt, message }: Pick<SendRequest, "idempotencyKey" | "createdAt" | "message">,
  includeFiles: boolean,
): string => {
  const fileOf = ({ fileName, contentType, bytes }: MessageFile) => ({
    ...{ fileName, contentType, size: bytes.length },
    ...(includeFiles ? { base64: Buffer.from(bytes).toString("base64") } : {}),
  });
  const { charts = [], attachments = [], figures = [], ...rest }: Message = message;
  const told = {
    ...rest,
    figures,
    charts: charts.map(({ title, alt, image }) => ({ title, alt, ...fileOf(image) })),
    attachments: attachments.map(fileOf),
  };
  return JSON.stringify({ version: 1, id: idempotencyKey, createdAt, message: told });
};
