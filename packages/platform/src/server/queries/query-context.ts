import { type Clock, type CurrencyCode, canonicalJson, instantOf, type Json } from "@trimtab/domain";
import type { SemanticModel } from "../../query/model/model.ts";
import type { QueryContext, Scope } from "../../query/types.ts";
import type { LakeWatch } from "../lake-watch.ts";
import type { SemanticsStore } from "./semantics.ts";

/** For whom and how a question is asked. Reports and alerts ask for their recipient, with the recipient's scope. */
export interface Asking {
  /** Whose turn it takes: see `ownerOf`. */
  readonly owner: string;
  readonly scope: Scope;
  readonly currency?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly lakeVersion?: number | undefined;
  readonly signal: AbortSignal;
}

/** A context pinned to one version of everything that an answer rests on. */
export interface PinnedContext {
  readonly context: Omit<QueryContext, "signal"> & {
    readonly lakeVersion: number;
    readonly model: SemanticModel;
  };
  /** Everything in it, as a text that is the same for the same answers. */
  readonly key: string;
}

/**
 * The one place of the server where a query's context is made: whoever is asked for, their scope goes into it as it is.
 * @throws LAKE_VERSION_UNKNOWN, RULES_INVALID, RATES_INVALID
 */
export const pinContext = async (
  surroundings: {
    readonly watch: LakeWatch;
    readonly semantics: SemanticsStore;
    readonly clock: Clock;
  },
  { scope, currency = "each", timeZone = "UTC", lakeVersion }: Asking,
): Promise<PinnedContext> => {
  const { watch, semantics, clock } = surroundings;
  const [snapshot, meaning] = await Promise.all([
    lakeVersion === undefined ? watch.newest() : watch.at(lakeVersion),
    semantics.now(),
  ]);
  const now = instantOf(clock());
  const context = {
    lakeVersion: snapshot.version,
    scope,
    currency: currency as "each" | CurrencyCode,
    timeZone,
    now,
    rates: meaning.rates,
    model: meaning.model,
  };
  const key = canonicalJson({
    lakeVersion: snapshot.version,
    scope: scope as Json,
    currency,
    timeZone,
    semantics: meaning.version,
    // How far a bill is complete never goes past now.
    today: now.slice(0, 10),
  });
  return { context, key };
};
