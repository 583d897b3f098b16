import { readAccess } from "../../state/people.ts";
import type { Reader } from "../../state/saved-items.ts";
import type { State } from "../../state/state.ts";
import type { Caller } from "../access/caller.ts";

/** The caller as somebody with whom things are shared. */
export const readerOf = async (state: State, { personId, permissions }: Caller): Promise<Reader> => {
  const access = await readAccess(state, personId);
  return {
    personId,
    teamIds: access?.teams.map(({ id }) => id) ?? [],
    isAdmin: permissions.has("administer"),
  };
};
