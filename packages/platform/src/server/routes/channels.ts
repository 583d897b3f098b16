import type { z } from "zod";
import type { Channel } from "../../state/channels.ts";
import type { DeliveryFacts } from "../../state/deliveries.ts";
import type { Caller } from "../access/caller.ts";
import type { RouteHandlers } from "../contract.ts";
import type { channelContracts } from "../contracts/channels.ts";
import { addChannel, editChannel, tryChannel } from "../delivery/channel-changes.ts";
import type { DeliveryParts, DeliveryService } from "../delivery/delivery-parts.ts";
import { readDeliverySettings, writeDeliverySettings } from "../delivery/delivery-settings.ts";
import { serverScheduleErrors } from "../delivery/schedule-errors.ts";
import { readCursor, toCursor } from "../page-cursor.ts";

type Contracts = typeof channelContracts;
type ChannelAnswer = z.input<Contracts["getChannel"]["response"]>;
type ChannelKind = ChannelAnswer["kind"];
type DeliveryAnswer = z.input<Contracts["replayDelivery"]["response"]>;

const summaryOf = ({ channelKinds }: DeliveryParts, { id, name, kind, enabled, target }: Channel) => ({
  ...{ id, name, kind: kind as ChannelKind, enabled, target },
  takesAddresses: channelKinds[kind]?.takesAddresses ?? false,
});

const channelAnswer = async (parts: DeliveryParts, id: string): Promise<ChannelAnswer> => {
  const { readChannel } = await import("../../state/channels.ts");
  const channel = await readChannel(parts.state, id);
  const { settings, secretFields, version, createdBy, createdAt, updatedAt } = channel;
  return {
    ...summaryOf(parts, channel),
    ...{ settings, secrets: [...secretFields], version, createdBy, createdAt, updatedAt },
  };
};

const deliveryAnswer = (facts: DeliveryFacts): DeliveryAnswer => {
  const { address, lastError, deliveredAt, nextAttemptAt, channelKind, ...rest } = facts;
  return {
    ...rest,
    channelKind: channelKind as ChannelKind,
    ...(address === null ? {} : { address }),
    ...(lastError === null ? {} : { lastError }),
    ...(deliveredAt === null ? {} : { deliveredAt }),
    ...(rest.status === "waiting" ? { nextAttemptAt } : {}),
  };
};

const readDeliveryAnswer = async ({ state }: DeliveryParts, id: string): Promise<DeliveryAnswer> => {
  const { readDelivery } = await import("../../state/deliveries.ts");
  const { tries: _, ...facts } = await readDelivery(state, id);
  return deliveryAnswer(facts);
};

const notAllowed = (reason: string) => serverScheduleErrors.create("CHANNEL_NOT_ALLOWED", { reason });

/** Through a mail server goes what each person may see: which one is for admins to say. @throws CHANNEL_NOT_ALLOWED */
const requireMayLead = ({ channelKinds }: DeliveryParts, { permissions }: Caller, kind: string): void => {
  if (channelKinds[kind]?.takesAddresses !== true || permissions.has("administer")) return;
  throw notAllowed("what people may see themselves goes through a mail server, so that only admins name it");
};

/** Channels, what goes through them, and what they may reach. */
export const channelHandlers = (parts: DeliveryService): RouteHandlers<Contracts> => ({
  listChannelKinds: async () => ({
    items: Object.values(parts.channelKinds).map(({ kind, title, description, takesAddresses, fields }) => ({
      ...{ kind: kind as ChannelKind, title, description, takesAddresses },
      fields: fields.map(({ choices, ...field }) => ({
        ...field,
        ...(choices === undefined ? {} : { choices: [...choices] }),
      })),
    })),
  }),
  listChannels: async () => {
    const { listChannels } = await import("../../state/channels.ts");
    return { items: (await listChannels(parts.state)).map((channel) => summaryOf(parts, channel)) };
  },
  createChannel: async ({ body, caller }) => {
    requireMayLead(parts, caller, body.kind);
    return await channelAnswer(parts, await addChannel(parts, caller.actor, body));
  },
  getChannel: ({ params }) => channelAnswer(parts, params.id),
  updateChannel: async ({ params, body, caller }) => {
    if (body.settings !== undefined || body.secrets !== undefined) {
      const { readChannel } = await import("../../state/channels.ts");
      requireMayLead(parts, caller, (await readChannel(parts.state, params.id)).kind);
      if (caller.scope !== "unrestricted")
        throw notAllowed("others send through it, who may see more than you");
    }
    await editChannel(parts, caller.actor, { id: params.id, ...body });
    parts.wake();
    return await channelAnswer(parts, params.id);
  },
  deleteChannel: async ({ params, caller }) => {
    const { removeChannel } = await import("../../state/channels.ts");
    await removeChannel(parts.state, caller.actor, params.id);
    return undefined;
  },
  testChannel: ({ params, body, caller, signal }) =>
    tryChannel(parts, caller.actor, { id: params.id, address: body.address, signal }),
  ...deliveryHandlers(parts),
  getDeliverySettings: async () => settingsAnswer(await readDeliverySettings(parts.state)),
  putDeliverySettings: async ({ body, caller }) => {
    await writeDeliverySettings(parts.state, caller.actor, body);
    return settingsAnswer(await readDeliverySettings(parts.state));
  },
});

const settingsAnswer = (settings: Awaited<ReturnType<typeof readDeliverySettings>>) => ({
  ...settings,
  allowedNetworks: [...settings.allowedNetworks],
});

type DeliveryHandlers = Pick<
  RouteHandlers<Contracts>,
  "listDeliveries" | "getDelivery" | "replayDelivery" | "cancelDelivery"
>;

const deliveryHandlers = (parts: DeliveryService): DeliveryHandlers => ({
  listDeliveries: async ({ query }) => {
    const { listDeliveries } = await import("../../state/deliveries.ts");
    const after = readCursor(query.cursor);
    const { items, counts, next } = await listDeliveries(parts.state, {
      ...{ status: query.status, channelId: query.channel, limit: query.limit },
      ...(after === undefined ? {} : { after: { createdAt: after[0], id: after[1] } }),
    });
    return {
      items: items.map(deliveryAnswer),
      counts: { waiting: 0, sending: 0, delivered: 0, dead: 0, cancelled: 0, ...counts },
      ...(next === undefined ? {} : { nextCursor: toCursor(next.createdAt, next.id) }),
    };
  },
  getDelivery: async ({ params }) => {
    const { readDelivery } = await import("../../state/deliveries.ts");
    const { tries, ...facts } = await readDelivery(parts.state, params.id);
    return { ...deliveryAnswer(facts), tries: tries.map((each) => ({ ...each })) };
  },
  replayDelivery: async ({ params, caller }) => {
    const { replayDelivery } = await import("../../state/deliveries.ts");
    const { maxAttempts } = await readDeliverySettings(parts.state);
    await replayDelivery(parts.state, caller.actor, { id: params.id, maxAttempts });
    parts.wake();
    return await readDeliveryAnswer(parts, params.id);
  },
  cancelDelivery: async ({ params, caller }) => {
    const { cancelDelivery } = await import("../../state/deliveries.ts");
    await cancelDelivery(parts.state, caller.actor, params.id);
    return await readDeliveryAnswer(parts, params.id);
  },
});
