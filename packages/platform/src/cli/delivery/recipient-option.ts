import type { Recipient } from "../../notify/scheduler/job.ts";
import type { State } from "../../state/state.ts";
import { findChannel } from "./find-channel.ts";

/** `CHANNEL` or `CHANNEL:ADDRESS`. @throws STATE_NOT_FOUND */
export async function readRecipients(state: State, values: unknown): Promise<readonly Recipient[]> {
  const texts = Array.isArray(values) ? (values as readonly string[]) : [];
  return await Promise.all(
    texts.map(async (text) => {
      const at = text.lastIndexOf(":");
      const [name, address] = at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
      const { id: channelId } = await findChannel(state, name);
      return { channelId, ...(address === undefined ? {} : { address }) };
    }),
  );
}
