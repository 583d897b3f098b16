import { notifyErrors } from "../../notify/errors.ts";
import { type Message, packMessage } from "../../notify/message.ts";
import type { Recipient } from "../../notify/scheduler/job.ts";
import { readAccess } from "../../state/people.ts";
import type { DeliveryParts } from "./delivery-parts.ts";
import { readDeliverySettings } from "./delivery-settings.ts";

/**
 * Puts a message in the outbox for a recipient, once for the key.
 * @returns the delivery's id
 * @throws SCHEDULE_RECIPIENT_INVALID, STATE_NOT_FOUND, NOTIFY_MESSAGE_INVALID
 */
export const sendMessage = async (
  parts: DeliveryParts,
  actor: string,
  {
    recipient,
    message,
    key,
  }: { readonly recipient: Recipient; readonly message: Message; readonly key: string },
): Promise<string> => {
  const { enqueueMessage } = await import("../../state/outbox.ts");
  const { channelId } = recipient;
  const address = await addressOf(parts, recipient);
  const { maxAttempts } = await readDeliverySettings(parts.state);
  const target = { channelId, key, ...(address === undefined ? {} : { address }) };
  const [id = ""] = await enqueueMessage(parts.state, actor, packMessage(message), {
    targets: [target],
    maxAttempts,
  });
  return id;
};

/** Where a channel sends to, of those that take addresses. @throws SCHEDULE_RECIPIENT_INVALID, STATE_NOT_FOUND */
export const addressOf = async (
  { state, channelKinds }: DeliveryParts,
  { channelId, personId, address }: Recipient,
): Promise<string | undefined> => {
  const { readChannel } = await import("../../state/channels.ts");
  const channel = await readChannel(state, channelId);
  const refuse = (reason: string) =>
    notifyErrors.create("SCHEDULE_RECIPIENT_INVALID", {
      recipient: address ?? personId ?? channel.name,
      reason,
    });
  const person = personId === undefined ? undefined : await readAccess(state, personId);
  if (personId !== undefined && person === undefined)
    throw refuse("there is no such person, or the account is switched off");
  // What one person may see goes to their own address, and to nobody who reads a channel.
  if (personId !== undefined && address !== undefined)
    throw refuse("a person's own address is taken, and no other");
  if (channelKinds[channel.kind]?.takesAddresses !== true) {
    if (address !== undefined) throw refuse(`channel ${channel.name} takes no addresses`);
    if (personId !== undefined)
      throw refuse(`channel ${channel.name} is read by others than this person; name the channel alone`);
    return undefined;
  }
  const found = address ?? person?.email;
  if (found === undefined) throw notifyErrors.create("NOTIFY_ADDRESS_MISSING", { channel: channel.name });
  return found;
};
