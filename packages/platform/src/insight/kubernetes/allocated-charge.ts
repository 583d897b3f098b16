import type { Day, Decimal } from "@trimtab/domain";

/** What a cluster's costs can be split by; `label:<key>` is a pod label. */
export type KubernetesDimension =
  | "cluster"
  | "node"
  | "namespace"
  | "controller_kind"
  | "controller"
  | "pod"
  | "container"
  | `label:${string}`;

export type ShareKind = "workload" | "idle" | "unallocated" | "unmounted";

/**
 * A part of what a node, disk or load balancer costs in the bill, in the shape of FOCUS 1.3's split cost allocation:
 * the resource keeps its id, the Allocated columns say what the part is for.
 */
export interface AllocatedCharge {
  readonly ChargePeriodStart: Day;
  readonly ChargePeriodEnd: Day;
  readonly ResourceId: string;
  readonly BillingCurrency: string;
  readonly EffectiveCost: Decimal;
  readonly AllocatedMethodId: "opencost";
  /** The workload, or `__idle__` and `__unallocated__` as OpenCost writes them. */
  readonly AllocatedResourceId: string;
  readonly kind: ShareKind;
  readonly assetKind: string;
  /** Values of the dimensions asked for, in their order. */
  readonly values: readonly (string | null)[];
}

/** Weights that meet no bill: what OpenCost itself takes it to cost, at list prices, in no total. */
export interface Estimate {
  readonly assetKind: string;
  readonly assetId: string | null;
  readonly weight: Decimal;
  readonly reason: string;
}

/** Exact sum of what was shared out of one resource. */
export interface SharedResource {
  readonly resourceId: string;
  readonly assetKind: string;
  readonly currency: string;
  readonly cost: Decimal;
}

export interface KubernetesCosts {
  readonly status: "shared";
  readonly dimensions: readonly KubernetesDimension[];
  readonly from: Day;
  readonly until: Day;
  readonly charges: readonly AllocatedCharge[];
  readonly resources: readonly SharedResource[];
  readonly estimates: readonly Estimate[];
  readonly notes: readonly string[];
}

export type KubernetesAnswer = KubernetesCosts | { readonly status: "unknown"; readonly reason: string };
