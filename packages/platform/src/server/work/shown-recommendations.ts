import {
  listRecommendations,
  readRecommendation,
  type StoredRecommendation,
} from "../../state/recommendations.ts";
import type { Caller } from "../access/caller.ts";
import { scopeAllows } from "../access/scope-allows.ts";
import { serverErrors } from "../errors.ts";
import { type Body, createBodies } from "./recommendation-bodies.ts";
import { attributesOf } from "./resource-attributes.ts";
import type { WorkParts } from "./work-parts.ts";

export interface ShownRecommendation {
  readonly stored: StoredRecommendation;
  readonly body: Body;
}

/** The recommendations that a caller's scope shows. */
export interface ShownRecommendations {
  among(
    caller: Caller,
    list: readonly StoredRecommendation[],
    signal: AbortSignal,
  ): Promise<readonly ShownRecommendation[]>;
  /** @throws SERVER_NOT_FOUND also where the scope hides it: that it is there is told to nobody else */
  find(caller: Caller, id: string, signal: AbortSignal): Promise<ShownRecommendation>;
  /** Whether it is there and shown. */
  has(caller: Caller, id: string, signal: AbortSignal): Promise<boolean>;
}

export const createShownRecommendations = ({
  state,
  workFor,
}: Pick<WorkParts, "state" | "workFor">): ShownRecommendations => {
  const readBodies = createBodies();
  const among: ShownRecommendations["among"] = async (caller, list, signal) => {
    const found = await readBodies(state, list);
    if (caller.scope === "unrestricted") return found;
    // Tags come from the inventory, which is asked only where there is a scope.
    const { services } = await workFor(caller, signal);
    const items = await (await services.openInventory()).items();
    const byId = new Map(items.map((item) => [item.id, item]));
    return found.filter(({ body: { resource } }) =>
      scopeAllows(caller.scope, attributesOf(resource, byId.get(resource.id))),
    );
  };
  return {
    among,
    find: async (caller, id, signal) => {
      const [found] = await among(caller, [await readRecommendation(state, id)], signal);
      if (found === undefined) throw serverErrors.create("SERVER_NOT_FOUND", { what: "recommendation", id });
      return found;
    },
    has: async (caller, id, signal) => {
      const all = await listRecommendations(state, { withWithdrawn: true });
      const own = all.filter((one) => one.id === id);
      return (await among(caller, own, signal)).length > 0;
    },
  };
};
