import {
  type Advice,
  canonicalJson,
  type Decimal,
  type InventoryItem,
  instantOf,
  type Json,
  type Known,
  type PriceQuestion,
  type Recommendation,
  type ResourceCost,
  type ResourceRef,
  type UnitPrice,
} from "@trimtab/domain";
import type { MetricWindow } from "../evidence/metrics/resource-metric-store.ts";
import type { AdvisorDefinition } from "./advisor.ts";
import type { AdvisorSettings } from "./advisor-settings.ts";
import { type Drafted, finishRecommendations, type NetSavings } from "./finish-recommendations.ts";
import {
  batchSize,
  gatherMetrics,
  type MetricReads,
  missingNeed,
  noMetrics,
  remembered,
  windowBefore,
} from "./gather-metrics.ts";
import { indexInventory } from "./inventory-index.ts";

/** All that advice is made of. */
export interface AdviceSources {
  readonly inventory: readonly InventoryItem[];
  readonly metrics: MetricReads;
  readonly costOf: (resource: InventoryItem) => Known<ResourceCost>;
  readonly price: (question: PriceQuestion) => Known<UnitPrice>;
  readonly netSavings: NetSavings;
}

export interface AdviceRequest {
  readonly advisors: readonly AdvisorDefinition[];
  readonly settings: AdvisorSettings;
  /** What an hour of work costs, in the currency of the bill: for the ranking only. */
  readonly hourlyCost: Decimal;
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly onProgress?: (advisor: string, done: number, of: number) => void;
}

export interface Abstention {
  readonly resource: ResourceRef;
  readonly reason: string;
}

/** What one advisor said. Every resource of its kinds is in exactly one of recommended, fine and abstained. */
export interface AdvisorReport {
  readonly advisor: string;
  readonly settings: { readonly [name: string]: Json };
  readonly window: MetricWindow;
  readonly resources: number;
  readonly recommended: number;
  readonly fine: number;
  readonly abstained: readonly Abstention[];
}

export interface AdviceReport {
  readonly advisors: readonly AdvisorReport[];
  /** The best first. */
  readonly recommendations: readonly Recommendation[];
}

/**
 * Asks every advisor about every resource of its kinds. Reads only.
 * @throws ADVISOR_SETTING_INVALID, LAKE_*
 */
export async function advise(sources: AdviceSources, request: AdviceRequest): Promise<AdviceReport> {
  const price = remembered(
    (question: PriceQuestion) => canonicalJson({ ...question } as unknown as Json),
    sources.price,
  );
  const index = indexInventory(sources.inventory);
  const reports: AdvisorReport[] = [];
  const drafts: Drafted[] = [];
  for (const advisor of request.advisors) {
    const kinds = new Set<string>(advisor.kinds);
    const items = sources.inventory.filter(({ kind }) => kinds.has(kind));
    const context = { ...index, price, costOf: sources.costOf, metrics: sources.metrics };
    const said = await askAdvisor(advisor, items, context, request);
    reports.push(said.report);
    drafts.push(...said.drafts);
  }
  const { netSavings } = sources;
  const { hourlyCost } = request;
  return {
    advisors: reports,
    recommendations: await finishRecommendations(drafts, { netSavings, hourlyCost }),
  };
}

interface Context extends Pick<AdviceSources, "costOf" | "price" | "metrics"> {
  readonly other: (id: string) => InventoryItem | undefined;
  readonly referring: (id: string) => readonly InventoryItem[];
}

async function askAdvisor(
  advisor: AdvisorDefinition,
  items: readonly InventoryItem[],
  context: Context,
  request: AdviceRequest,
): Promise<{ readonly report: AdvisorReport; readonly drafts: readonly Drafted[] }> {
  const settings = request.settings.of(advisor);
  const window = windowBefore(request.now, advisor.windowDays(settings));
  const drafts: Drafted[] = [];
  const abstained: Abstention[] = [];
  let fine = 0;
  let recommended = 0;
  const take = (resource: InventoryItem, advice: Advice): void => {
    if (advice.status === "fine") fine += 1;
    else if (advice.status === "abstained")
      abstained.push({ resource: refOf(resource), reason: advice.reason });
    else {
      recommended += 1;
      drafts.push(...advice.drafts.map((draft) => ({ advisor: advisor.id, resource, draft })));
    }
  };
  const looked = items.filter((item) => advisor.passOver?.(item, settings) === undefined);
  fine += items.length - looked.length;
  const size = batchSize(advisor.needs);
  for (let from = 0; from < looked.length; from += size) {
    request.signal.throwIfAborted();
    request.onProgress?.(advisor.id, from, looked.length);
    const batch = looked.slice(from, from + size);
    const { signal } = request;
    const metricsOf =
      advisor.needs.length === 0
        ? () => noMetrics
        : await gatherMetrics(context.metrics, batch, { needs: advisor.needs, window, signal });
    for (const resource of batch) {
      const metrics = metricsOf(resource);
      const missing = missingNeed(advisor.needs, metrics);
      const { price, other, referring } = context;
      take(
        resource,
        missing === undefined
          ? advisor.advise(
              {
                ...metrics,
                resource,
                now: instantOf(request.now),
                cost: context.costOf(resource),
                price,
                other,
                referring,
              },
              settings,
            )
          : { status: "abstained", reason: missing },
      );
    }
  }
  const report = {
    advisor: advisor.id,
    settings,
    window,
    resources: items.length,
    recommended,
    fine,
    abstained,
  };
  return { report, drafts };
}

const refOf = ({ kind, id, name, scope }: InventoryItem): ResourceRef => ({ kind, id, name, scope });
