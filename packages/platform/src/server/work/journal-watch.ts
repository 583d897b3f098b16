import { readJournalHeads } from "../../state/journal.ts";
import type { State } from "../../state/state.ts";
import type { Caller } from "../access/caller.ts";
import type { ServerEvent } from "../contracts/events.ts";

export interface JournalWatchOptions {
  readonly state: Pick<State, "read" | "changeMark" | "tellsOthersChanges">;
  readonly everyMs: number;
  /** Whether anybody would be told. */
  readonly isHeard: () => boolean;
  /** Whether this process carries a plan out, and tells of it itself. */
  readonly isOwn: (planId: string) => boolean;
  readonly publish: (event: ServerEvent, audience: (caller: Caller) => boolean) => void;
  readonly onFault: (error: unknown, what: string) => void;
}

/**
 * Tells of plans that another process approves, carries out or takes back, by what it writes into the state database: a
 * page follows a run of the command line as it follows one of this server.
 */
export const watchJournals = (options: JournalWatchOptions): { readonly close: () => void } => {
  const { state, isHeard, isOwn, publish, onFault } = options;
  let known: ReadonlyMap<string, string> | undefined;
  let mark: string | undefined;
  let isLooking = false;

  const look = async (): Promise<void> => {
    // Nobody is told what changed while nobody listened: who comes now reads it all.
    if (!isHeard()) {
      known = undefined;
      mark = undefined;
      return;
    }
    const now = state.changeMark();
    if (state.tellsOthersChanges && now === mark) return;
    const heads = await readJournalHeads(state);
    const next = new Map(heads.map(({ planId, version, lines }) => [planId, `${version} ${lines}`]));
    for (const { planId: id, status } of heads) {
      if (known === undefined || known.get(id) === next.get(id) || isOwn(id)) continue;
      const told = status === "applying" ? "running" : status;
      publish({ type: "run", kind: "plan", id, status: told }, ({ scope }) => scope === "unrestricted");
    }
    known = next;
    mark = now;
  };
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    look()
      .catch((error: unknown) => onFault(error, "The journals of plans can't be read"))
      .finally(() => {
        isLooking = false;
      });
  }, options.everyMs);
  timer.unref();
  return { close: () => clearInterval(timer) };
};
