import type { Json } from "@trimtab/domain";
import {
  createSaved,
  deleteSaved,
  listSaved,
  listSavedVersions,
  listShares,
  readSaved,
  type SavedItem,
  saveSaved,
  shareSaved,
} from "../../state/saved-items.ts";
import type { State } from "../../state/state.ts";
import type { Caller } from "../access/caller.ts";
import { type PeopleNames, readPeopleNames } from "../access/people-names.ts";
import type { RouteHandlers } from "../contract.ts";
import { placeSchema, type viewsContracts } from "../contracts/views.ts";
import { readerOf } from "../reports/reader.ts";

export const viewHandlers = (state: State): RouteHandlers<typeof viewsContracts> => {
  const toView = async (
    { id, title, ownerId, owner, level, version, updatedAt }: SavedItem,
    { told }: PeopleNames,
  ) => {
    const [newest] = await listSavedVersions(state, id, placeSchema, version);
    const place = newest?.body ?? { page: "explorer", search: {} };
    const shares = level === "view" ? {} : { shares: [...(await listShares(state, id))] };
    return {
      id,
      name: title,
      place,
      owner: { id: ownerId, name: told(owner) },
      level,
      version,
      updatedAt,
      ...shares,
    };
  };
  const viewOf = async (caller: Caller, id: string) =>
    await toView(
      await readSaved(state, "view", id, await readerOf(state, caller)),
      await readPeopleNames(state),
    );
  return {
    listViews: async ({ query, caller }) => {
      const items = await listSaved(state, "view", await readerOf(state, caller));
      const names = await readPeopleNames(state);
      const views = await Promise.all(items.map((item) => toView(item, names)));
      return { items: views.filter(({ place }) => query.page === undefined || place.page === query.page) };
    },
    createView: async ({ body, caller }) => {
      const draft = { title: body.name, body: body.place as Json };
      const id = await createSaved(state, caller.actor, { kind: "view", ownerId: caller.personId, draft });
      return await viewOf(caller, id);
    },
    getView: ({ params, caller }) => viewOf(caller, params.id),
    saveView: async ({ params, body, caller }) => {
      const reader = await readerOf(state, caller);
      const { name, place, version } = body;
      const draft = { title: name, body: place as Json };
      await saveSaved(state, caller.actor, { kind: "view", id: params.id, reader, version, draft });
      return await viewOf(caller, params.id);
    },
    shareView: async ({ params, body, caller }) => {
      const reader = await readerOf(state, caller);
      await shareSaved(state, caller.actor, { kind: "view", id: params.id, reader, shares: body.shares });
      return await viewOf(caller, params.id);
    },
    deleteView: async ({ params, caller }) => {
      const reader = await readerOf(state, caller);
      await deleteSaved(state, caller.actor, { kind: "view", id: params.id, reader });
      return null;
    },
  };
};
