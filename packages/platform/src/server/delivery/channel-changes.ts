import type { ChannelDefinition, SendOutcome } from "../../notify/channels/channel.ts";
import { notifyErrors } from "../../notify/errors.ts";
import type { Channel } from "../../state/channels.ts";
import type { DeliveryParts } from "./delivery-parts.ts";
import { networkOf } from "./network-of-state.ts";

type Given = Readonly<Record<string, unknown>>;

export interface NewChannel {
  readonly name: string;
  readonly kind: string;
  readonly settings: Given;
  readonly secrets: Given;
  readonly enabled: boolean;
}

type Kinds = DeliveryParts["channelKinds"];

/** @throws NOTIFY_CHANNEL_KIND_UNKNOWN */
const kindOf = (kinds: Kinds, kind: string): ChannelDefinition => {
  const found = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (found !== undefined) return found;
  const known = Object.keys(kinds).join(", ");
  throw notifyErrors.create("NOTIFY_CHANNEL_KIND_UNKNOWN", { kind, kinds: known });
};

/** @returns its id @throws NOTIFY_CHANNEL_INVALID, NOTIFY_CHANNEL_KIND_UNKNOWN, STATE_EXISTS, STATE_KEY_* */
export const addChannel = async (
  { state, channelKinds }: Pick<DeliveryParts, "state" | "channelKinds">,
  actor: string,
  { name, kind, enabled, ...given }: NewChannel,
): Promise<string> => {
  const { checkChannelValues } = await import("../../notify/channels/check-channel.ts");
  const { createChannel } = await import("../../state/channels.ts");
  const definition = kindOf(channelKinds, kind);
  const values = checkChannelValues(definition, given);
  const draft = { name, kind, enabled, target: definition.target(values), ...values };
  return await createChannel(state, actor, draft);
};

/** What is left out stays as it is, a secret too. @throws as `addChannel`, and STATE_NOT_FOUND, STATE_CONFLICT */
export const editChannel = async (
  { state, channelKinds }: Pick<DeliveryParts, "state" | "channelKinds">,
  actor: string,
  change: {
    readonly id: string;
    readonly version: number;
    readonly name?: string | undefined;
    readonly settings?: Given | undefined;
    readonly secrets?: Given | undefined;
    readonly enabled?: boolean | undefined;
  },
): Promise<void> => {
  const { checkChannelValues } = await import("../../notify/channels/check-channel.ts");
  const { readChannel, readChannelSecrets, changeChannel } = await import("../../state/channels.ts");
  const { id, version } = change;
  const there = await readChannel(state, id);
  const definition = kindOf(channelKinds, there.kind);
  const values = checkChannelValues(definition, {
    settings: change.settings ?? there.settings,
    secrets: { ...(await readChannelSecrets(state, id)), ...change.secrets },
  });
  await changeChannel(state, actor, {
    ...{ id, version, name: change.name ?? there.name, enabled: change.enabled ?? there.enabled },
    ...values,
    target: definition.target(values),
  });
};

export interface ChannelTest {
  readonly outcome: SendOutcome["outcome"];
  readonly detail: string;
  readonly durationMs: number;
}

/** Sends a message now, beside the outbox, and says how it went. @throws NOTIFY_ADDRESS_MISSING, STATE_NOT_FOUND */
export const tryChannel = async (
  parts: DeliveryParts,
  actor: string,
  {
    id,
    address,
    signal,
  }: { readonly id: string; readonly address?: string | undefined; readonly signal: AbortSignal },
): Promise<ChannelTest> => {
  const { readChannel, readChannelSecrets } = await import("../../state/channels.ts");
  const { randomUUID } = await import("node:crypto");
  const { state, channelKinds } = parts;
  const channel: Channel = await readChannel(state, id);
  const definition = kindOf(channelKinds, channel.kind);
  if (definition.takesAddresses && address === undefined)
    throw notifyErrors.create("NOTIFY_ADDRESS_MISSING", { channel: channel.name });
  const now = state.clock();
  const startedMs = performance.now();
  const sent = await definition.send({
    settings: channel.settings,
    secrets: await readChannelSecrets(state, id),
    message: {
      title: "Trimtab reaches you here",
      summary: `This is a test of the channel "${channel.name}", asked for by ${actor}. Nothing is to be done.`,
    },
    ...(definition.takesAddresses ? { address } : {}),
    idempotencyKey: randomUUID().replaceAll("-", ""),
    createdAt: now.toISOString(),
    now,
    network: await networkOf(parts),
    signal,
  });
  return {
    outcome: sent.outcome,
    detail: sent.detail,
    durationMs: Math.round(performance.now() - startedMs),
  };
};
