import type { PublishedAmount } from "../estate.ts";
import type { Shape } from "../shape.ts";

export interface GcpProject {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface GcpCreditRule {
  readonly type: "FREE_TIER" | "SUSTAINED_USAGE_DISCOUNT" | "PROMOTION";
  readonly name: string;
  readonly id?: string;
  /** Share of the gross cost, or a fixed amount on the first day of each month. */
  readonly share?: number;
  readonly monthly?: string;
  readonly from?: string;
  readonly until?: string;
}

/** One resource's use of one SKU: a series of rows in the export. */
export interface GcpLine {
  readonly key: string;
  readonly service: string;
  readonly sku: string;
  /** USD for one pricing unit. */
  readonly price: string;
  readonly pricingUnit: string;
  /** Unit of `usage.amount` and how many of them make one pricing unit. */
  readonly unit: string;
  readonly unitsPerPricingUnit: string;
  readonly project: string;
  readonly location: string;
  readonly zone?: string;
  readonly resource?: { readonly name: string; readonly globalName: string };
  readonly labels: Readonly<Record<string, string>>;
  readonly systemLabels?: Readonly<Record<string, string>>;
  readonly grain: "day" | "hour";
  /** Base weight against the other lines of its service. */
  readonly weight: number;
  readonly shape: Shape;
  readonly credits?: readonly GcpCreditRule[];
  /** Days whose usage arrived partly after the month's first export; `share` of it came late. */
  readonly late?: { readonly from: string; readonly until: string; readonly share: number };
}

/** A spend-based commitment: a fee every day, usage at a discount. */
export interface GcpCommitment {
  readonly service: string;
  readonly product: string;
  readonly location: string;
  readonly project: string;
  /** The line whose usage it covers. */
  readonly covers: string;
  readonly from: string;
  /** First day on which usage shows its discount as a price of a consumption model instead of a credit. */
  readonly consumptionModelFrom: string;
  readonly feePerDay: string;
  /** On-demand value that one fee pays for. */
  readonly coveredPerDay: string;
  /** Share of the commitment that is used, Monday first. */
  readonly utilisation: readonly string[];
  readonly subscriptionId: string;
  readonly consumptionModel: { readonly id: string; readonly description: string };
}

export interface GcpAdjustment {
  readonly service: string;
  readonly sku: string;
  readonly project: string;
  readonly day: string;
  readonly amount: string;
  readonly id: string;
  readonly description: string;
}

/** All that one company's bill is made of. */
export interface GcpAccount {
  readonly seed: string;
  readonly billingAccount: string;
  readonly organisation: { readonly id: string; readonly name: string };
  readonly projects: readonly GcpProject[];
  readonly lines: readonly GcpLine[];
  readonly commitments: readonly GcpCommitment[];
  readonly adjustments: readonly GcpAdjustment[];
  /** Exact net cost by service over `[from, until)`, days of the provider (Pacific time). */
  readonly targets: readonly {
    readonly from: string;
    readonly until: string;
    readonly services: readonly PublishedAmount[];
  }[];
}

/** @see https://cloud.google.com/skus Service ids as the public catalogue lists them (read 2026-11-21) */
export const GCP_SERVICE_IDS: Readonly<Record<string, string>> = {
  "Artifact Registry": "149C-F9EC-3994",
  BigQuery: "24E6-581D-38E5",
  "Cloud Firestore": "EE2C-7FAC-5E08",
  "Cloud Logging": "5490-F7B7-8DF6",
  "Cloud Memorystore for Redis": "5AF5-2C11-D467",
  "Cloud Run": "152E-C115-5142",
  "Cloud SQL": "9662-B51E-5089",
  "Cloud Storage": "95FF-2EF5-5EA1",
  "Cloud Tasks": "F3A6-D7B7-9BDA",
  "Compute Engine": "6F81-5844-456A",
  Networking: "E505-1604-58F8",
};
