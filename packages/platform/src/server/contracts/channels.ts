import { z } from "zod";
import { defineRoutes } from "../contract.ts";

const id = z.string().min(1).max(100);
const name = z.string().trim().min(1).max(100);
const instant = z.iso.datetime();

const channelKind = z.enum(["slack", "email", "webhook"]);

/** Values by the field names of the kind; see `GET /api/v1/channel-kinds`. */
const channelSettings = z.record(
  z.string().max(100),
  z.union([z.string().max(5000), z.number(), z.boolean()]),
);
/** Goes in and never comes out again. */
const channelSecrets = z.record(z.string().max(100), z.string().min(1).max(10_000));

const channelSummary = z.strictObject({
  id,
  name,
  kind: channelKind,
  enabled: z.boolean(),
  /** Where it goes, without anything secret: `smtp.example.com`, `hooks.slack.com`. */
  target: z.string(),
  /** Whether a delivery names people's addresses, as email does. */
  takesAddresses: z.boolean(),
});

const channel = channelSummary.extend({
  settings: channelSettings,
  /** Names of the secret fields that are set. */
  secrets: z.array(z.string()),
  version: z.int().positive(),
  createdBy: z.string(),
  createdAt: instant,
  updatedAt: instant,
});

const channelField = z.strictObject({
  name: z.string(),
  title: z.string(),
  help: z.string(),
  type: z.enum(["text", "number", "switch", "choice"]),
  choices: z.array(z.string()).optional(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  required: z.boolean(),
  secret: z.boolean(),
});

const channelParams = z.strictObject({ id });

const deliveryStatus = z.enum(["waiting", "sending", "delivered", "dead", "cancelled"]);

const delivery = z.strictObject({
  id,
  messageId: id,
  title: z.string(),
  channelId: id,
  channelName: z.string(),
  channelKind,
  /** Email address; absent where the channel itself says where to. */
  address: z.string().optional(),
  status: deliveryStatus,
  /** The same for every try: a receiver drops what it has seen by it. */
  idempotencyKey: z.string(),
  attempts: z.int().nonnegative(),
  nextAttemptAt: instant.optional(),
  lastError: z.string().optional(),
  createdAt: instant,
  deliveredAt: instant.optional(),
});

const attempt = z.strictObject({
  seq: z.int().positive(),
  at: instant,
  outcome: z.enum(["delivered", "retry", "refused", "interrupted"]),
  detail: z.string(),
});

const deliverySettings = z.strictObject({
  /** Networks that a channel may reach although they are private: CIDR or single addresses. */
  allowedNetworks: z.array(z.string().max(60)).max(200),
  /** Tries before a delivery is given up and waits in the list of dead ones. */
  maxAttempts: z.int().min(1).max(100),
  /** Days that delivered messages are kept for. */
  keepDays: z.int().min(1).max(3650),
});

export const channelContracts = defineRoutes({
  listChannelKinds: {
    method: "GET",
    path: "/api/v1/channel-kinds",
    summary: "Kinds of channel and the fields that each asks for",
    tag: "Delivery",
    access: "save",
    scope: "none",
    response: z.strictObject({
      items: z.array(
        z.strictObject({
          kind: channelKind,
          title: z.string(),
          description: z.string(),
          takesAddresses: z.boolean(),
          fields: z.array(channelField),
        }),
      ),
    }),
  },
  listChannels: {
    method: "GET",
    path: "/api/v1/channels",
    summary: "Channels that something can be sent to",
    tag: "Delivery",
    access: "save",
    scope: "none",
    response: z.strictObject({ items: z.array(channelSummary) }),
  },
  createChannel: {
    method: "POST",
    path: "/api/v1/channels",
    summary: "Add a channel; its secrets are encrypted and never answered",
    tag: "Delivery",
    access: "ingest",
    scope: "none",
    body: z.strictObject({
      name,
      kind: channelKind,
      settings: channelSettings.default({}),
      secrets: channelSecrets.default({}),
      enabled: z.boolean().default(true),
    }),
    response: channel,
    status: 201,
  },
  getChannel: {
    method: "GET",
    path: "/api/v1/channels/:id",
    summary: "A channel and its settings, without its secrets",
    tag: "Delivery",
    access: "ingest",
    scope: "none",
    params: channelParams,
    response: channel,
  },
  updateChannel: {
    method: "PATCH",
    path: "/api/v1/channels/:id",
    summary: "Change a channel; a secret that is left out stays as it is",
    tag: "Delivery",
    access: "ingest",
    scope: "none",
    params: channelParams,
    body: z.strictObject({
      version: z.int().positive(),
      name: name.optional(),
      settings: channelSettings.optional(),
      secrets: channelSecrets.optional(),
      enabled: z.boolean().optional(),
    }),
    response: channel,
  },
  deleteChannel: {
    method: "DELETE",
    path: "/api/v1/channels/:id",
    summary: "Remove a channel and its secrets; what waits for it is cancelled",
    tag: "Delivery",
    access: "ingest",
    scope: "none",
    params: channelParams,
    response: z.undefined(),
    status: 204,
  },
  testChannel: {
    method: "POST",
    path: "/api/v1/channels/:id/test",
    summary: "Send a test message now and say how it went",
    tag: "Delivery",
    access: "ingest",
    scope: "none",
    params: channelParams,
    body: z.strictObject({ address: z.email().optional() }),
    response: z.strictObject({
      outcome: z.enum(["delivered", "retry", "refused"]),
      detail: z.string(),
      durationMs: z.number(),
    }),
  },
  listDeliveries: {
    method: "GET",
    path: "/api/v1/deliveries",
    summary: "What was sent, waits to be sent, or was given up; newest first",
    tag: "Delivery",
    access: "ingest",
    scope: "unrestricted",
    query: z.strictObject({
      status: deliveryStatus.optional(),
      channel: id.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(200).optional(),
    }),
    response: z.strictObject({
      items: z.array(delivery),
      counts: z.record(deliveryStatus, z.int().nonnegative()),
      nextCursor: z.string().optional(),
    }),
  },
  getDelivery: {
    method: "GET",
    path: "/api/v1/deliveries/:id",
    summary: "A delivery and every try at it",
    tag: "Delivery",
    access: "ingest",
    scope: "unrestricted",
    params: z.strictObject({ id }),
    response: delivery.extend({ tries: z.array(attempt) }),
  },
  replayDelivery: {
    method: "POST",
    path: "/api/v1/deliveries/:id/replay",
    summary: "Try a delivery again that was given up",
    tag: "Delivery",
    access: "ingest",
    scope: "unrestricted",
    params: z.strictObject({ id }),
    response: delivery,
  },
  cancelDelivery: {
    method: "POST",
    path: "/api/v1/deliveries/:id/cancel",
    summary: "Give up a delivery that waits",
    tag: "Delivery",
    access: "ingest",
    scope: "unrestricted",
    params: z.strictObject({ id }),
    response: delivery,
  },
  getDeliverySettings: {
    method: "GET",
    path: "/api/v1/delivery-settings",
    summary: "Networks that channels may reach, tries, and how long messages are kept",
    tag: "Delivery",
    access: "ingest",
    scope: "none",
    response: deliverySettings.extend({ version: z.int().nonnegative() }),
  },
  putDeliverySettings: {
    method: "PUT",
    path: "/api/v1/delivery-settings",
    summary: "Set them",
    tag: "Delivery",
    access: "administer",
    scope: "none",
    body: deliverySettings.extend({ version: z.int().nonnegative() }),
    response: deliverySettings.extend({ version: z.int().nonnegative() }),
  },
});
