import type { OutboxStore } from "../../notify/outbox/outbox-store.ts";
import type { State } from "../../state/state.ts";

/** The outbox as the state database keeps it. */
export const outboxOf = async (state: State, actor: string): Promise<OutboxStore> => {
  const claims = await import("../../state/outbox-claims.ts");
  const { readOutboxMessage } = await import("../../state/outbox.ts");
  const { readChannel, readChannelSecrets } = await import("../../state/channels.ts");
  return {
    isAnyDue: (request) => claims.isAnyDue(state, request),
    claim: (request) => claims.claimDeliveries(state, actor, request),
    finish: (claim, finished) => claims.finishDelivery(state, actor, claim, finished),
    readMessage: (id) => readOutboxMessage(state, id),
    readChannel: async (id) => {
      const { settings } = await readChannel(state, id);
      return { settings, secrets: await readChannelSecrets(state, id) };
    },
  };
};
