import type { Clock } from "@trimtab/domain";
import type { ActionDefinition } from "../actions/action.ts";
import type { InventoryStore } from "../evidence/inventory/inventory-store.ts";
import type { ResourceMetricStore } from "../evidence/metrics/resource-metric-store.ts";
import type { Lake } from "../lake/lake.ts";
import type { LakeStorage } from "../lake/storage/storage.ts";
import type { QueryEngine } from "../query/engines/engine.ts";
import type { SemanticModel } from "../query/model/model.ts";
import type { QueryContext } from "../query/types.ts";
import type { State } from "../state/state.ts";
import type { StateEngine } from "../state/state-engine.ts";

/** Parts of the program that the loop works with, wired by compose.ts. */
export interface WorkServices {
  readonly version: string;
  readonly clock: Clock;
  openStorage(): Promise<LakeStorage>;
  openLake(): Promise<Lake>;
  openResourceMetrics(): Promise<ResourceMetricStore>;
  openInventory(): Promise<InventoryStore>;
  findState(): Promise<{ readonly engine: StateEngine }>;
  openState(): Promise<State>;
  actions(): Promise<Readonly<Record<string, ActionDefinition>>>;
}

/** One piece of work for one person: what the command line and the server both do goes by it. */
export interface Work {
  readonly services: WorkServices;
  /** Opened when the bill is first asked. */
  openEngine(): Promise<QueryEngine>;
  /** How the bill is asked: within this scope, in this currency, by this model. */
  readonly query: QueryContext & { readonly model: SemanticModel };
  /** Who does it, for the audit log. */
  readonly actor: string;
  readonly signal: AbortSignal;
}
