import { readAudit, verifyChain } from "../../state/audit.ts";
import type { State } from "../../state/state.ts";
import type { RouteHandlers } from "../contract.ts";
import type { auditContracts } from "../contracts/audit.ts";

/** A cursor is the number of the last entry of a page, in a form that nobody builds on. */
const toCursor = (seq: number): string => Buffer.from(`audit ${seq}`).toString("base64url");
const fromCursor = (cursor: string | undefined): number | undefined => {
  if (cursor === undefined) return undefined;
  const [, seq] = /^audit (\d{1,15})$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  // One that is none begins nowhere.
  return seq === undefined ? 0 : Number(seq);
};

export const auditHandlers = (state: State): RouteHandlers<typeof auditContracts> => ({
  listAudit: async ({ query }) => {
    const { cursor, limit, ...selection } = query;
    const found = await readAudit(state, { ...selection, before: fromCursor(cursor), limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items,
      ...(found.length > limit && last !== undefined ? { nextCursor: toCursor(last.seq) } : {}),
    };
  },
  verifyAudit: async ({ query }) => {
    const [seq, hash] = query.anchor?.split(":") ?? [];
    const anchor = seq === undefined || hash === undefined ? undefined : { seq: Number(seq), hash };
    return await verifyChain(state, anchor);
  },
});
