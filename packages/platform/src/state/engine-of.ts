import { postgresEngine } from "./postgres/postgres-engine.ts";
import { sqliteEngine } from "./sqlite/sqlite-engine.ts";
import type { StateEngine } from "./state-engine.ts";
import type { StatePlace } from "./state-place.ts";

/** The engine of a place; nothing is opened yet. */
export const engineOf = (place: StatePlace): StateEngine =>
  place.kind === "sqlite" ? sqliteEngine(place.file) : postgresEngine(place);
