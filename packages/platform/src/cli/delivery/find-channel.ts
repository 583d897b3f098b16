import type { Channel } from "../../state/channels.ts";
import type { State } from "../../state/state.ts";

/** The channel of that name or id. @throws STATE_NOT_FOUND */
export async function findChannel(state: State, nameOrId: string): Promise<Channel> {
  const { listChannels, readChannel } = await import("../../state/channels.ts");
  const found = (await listChannels(state)).find(({ id, name }) => name === nameOrId || id === nameOrId);
  return found ?? (await readChannel(state, nameOrId));
}
