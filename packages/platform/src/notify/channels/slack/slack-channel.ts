import type { Json } from "@trimtab/domain";
import { z } from "zod";
import { guardedRequest } from "../../guard/guarded-request.ts";
import { type ChannelValues, defineChannel, type SendOutcome, type SendRequest } from "../channel.ts";
import { oneLine } from "../shared/plain-text.ts";
import { rasterImage } from "../shared/raster-image.ts";
import { connectionFailure, httpFailure } from "../shared/reply-outcome.ts";
import { callSlack } from "./slack-api.ts";
import { escapeSlack, slackBlocks } from "./slack-blocks.ts";
import { uploadToThread } from "./slack-files.ts";

/** A conversation in Slack, by an incoming webhook or by a bot's token. */
export const slackChannel = defineChannel({
  apiVersion: 1,
  kind: "slack",
  title: "Slack",
  description:
    "A conversation in Slack: by an incoming webhook, or by a bot token, which also takes charts and files.",
  takesAddresses: false,
  fields: [
    {
      name: "url",
      title: "Incoming webhook",
      help: "https://hooks.slack.com/services/…; leave it out where you give a bot token",
      type: "text",
      required: false,
      secret: true,
    },
    {
      name: "botToken",
      title: "Bot token",
      help: "xoxb-…, with the scopes chat:write and files:write; the bot must be in the conversation",
      type: "text",
      required: false,
      secret: true,
    },
    {
      name: "conversation",
      title: "Conversation",
      help: "with a bot token: the id of the channel, such as C0123456789",
      type: "text",
      required: false,
      secret: false,
    },
    {
      name: "apiUrl",
      title: "Slack's API",
      help: "only for Slack's government cloud: https://slack-gov.com/api",
      type: "text",
      default: "https://slack.com/api",
      required: false,
      secret: false,
    },
  ],
  problem: ({ settings, secrets }: ChannelValues) => {
    if ((secrets.url === undefined) === (secrets.botToken === undefined))
      return { field: "url", reason: "give either an incoming webhook or a bot token" };
    if (secrets.botToken !== undefined && settings.conversation === undefined)
      return { field: "conversation", reason: "a bot token needs the id of a conversation" };
    if (!isHttp(secrets.url ?? String(settings.apiUrl)))
      return {
        field: secrets.url === undefined ? "apiUrl" : "url",
        reason: "it is no http or https address",
      };
    return undefined;
  },
  target: ({ settings, secrets }: ChannelValues) =>
    secrets.url === undefined
      ? `${settings.conversation} at ${new URL(String(settings.apiUrl)).host}`
      : new URL(secrets.url).host,
  send: (request: SendRequest): Promise<SendOutcome> =>
    request.secrets.url === undefined ? sendByBot(request) : sendByWebhook(request, request.secrets.url),
});

const isHttp = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

const fallback = ({ message }: SendRequest): string => escapeSlack(oneLine(message.title)).slice(0, 3000);

const sendByWebhook = async (request: SendRequest, url: string): Promise<SendOutcome> => {
  const { message, network, signal, now, idempotencyKey } = request;
  const blocks = slackBlocks(message, { files: "absent" });
  try {
    const reply = await guardedRequest(network, {
      url,
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8", "idempotency-key": idempotencyKey },
      body: JSON.stringify({ text: fallback(request), blocks, unfurl_links: false, unfurl_media: false }),
      signal,
    });
    const isDelivered = reply.status >= 200 && reply.status < 300;
    return isDelivered
      ? { outcome: "delivered", detail: `it answered ${reply.status}` }
      : httpFailure(reply, now);
  } catch (error) {
    return connectionFailure(error);
  }
};

const postedSchema = z.object({ ts: z.string(), channel: z.string() });

const sendByBot = async (request: SendRequest): Promise<SendOutcome> => {
  const { message, settings, idempotencyKey } = request;
  const charts = await Promise.all(
    (message.charts ?? []).map(async ({ title, image }) => ({ ...(await rasterImage(image)), title })),
  );
  const files = [
    ...charts,
    ...(message.attachments ?? []).map((file) => ({ ...file, title: file.fileName })),
  ];
  const posted = await callSlack(request, "chat.postMessage", {
    json: {
      channel: String(settings.conversation),
      text: fallback(request),
      blocks: slackBlocks(message, { files: "follow" }) as Json,
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: "trimtab_delivery", event_payload: { idempotency_key: idempotencyKey } },
    },
  });
  if (!posted.ok) return posted.outcome;
  const place = postedSchema.safeParse(posted.value);
  if (files.length === 0 || !place.success) return { outcome: "delivered", detail: "Slack took it" };
  // The message is there: a second one for the sake of a file would be worse than a file that is missing, which is said.
  const missing = await uploadToThread(request, files, place.data);
  const rest = missing === 0 ? "" : `, without ${missing} of ${files.length} files`;
  return { outcome: "delivered", detail: `Slack took it${rest}` };
};
