import type { Instant } from "@trimtab/domain";
import type { Surge } from "./shape.ts";

export const ESTATE_IDS = ["aiprod", "ion", "securebase", "samplemind"] as const;
export type EstateId = (typeof ESTATE_IDS)[number];

/** What people read of each, known without making its bills. */
export const ESTATE_TITLES: Readonly<Record<EstateId, Pick<Estate, "title" | "format">>> = {
  aiprod: {
    title: "AIPROD, a pipeline platform on Google Cloud",
    format: "BigQuery detailed export, NDJSON",
  },
  ion: {
    title: "ION Mentoring, an API in three regions of Google Cloud",
    format: "BigQuery detailed export, NDJSON",
  },
  securebase: {
    title: "SecureBase, a platform for teams on AWS",
    format: "AWS CUR 2.0, Parquet",
  },
  samplemind: {
    title: "SampleMind, an audio platform on Kubernetes",
    format: "FOCUS 1.2, CSV, and OpenCost",
  },
};

/** What a company says it pays, in USD: billed, net of credits, before tax. */
export interface PublishedAmount {
  /** As the bill names the service, or the area where the company's papers cut across services. */
  readonly name: string;
  /** Exact amount of the generated bill. */
  readonly amount: string;
}

export interface LabelledAnomaly extends Surge {
  readonly service: string;
  readonly resource: string;
  readonly cause: string;
}

export interface TextFile {
  readonly kind: "text" | "gzip";
  readonly path: string;
  readonly content: string;
}

/** Rows as lines of JSON, and the types of the columns that they become. */
export interface ParquetFile {
  readonly kind: "parquet";
  readonly path: string;
  readonly content: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly orderBy: readonly string[];
}

export type DemoFile = TextFile | ParquetFile;

/** Files that the provider delivered together; a later delivery of the same period restates the earlier one. */
export interface Delivery {
  /** Folder of the bill inside the estate's folder: what `trimtab ingest` is given. */
  readonly folder: string;
  /** What a reader sees: when it came and what it is. */
  readonly label: string;
  readonly files: readonly DemoFile[];
}

/** One company's bills, made anew in memory: paths are relative to the estate's folder. */
export interface Estate {
  readonly id: EstateId;
  readonly title: string;
  /** The provider's name of the format, for people. */
  readonly format: string;
  /** Asks, with the estate's rules, for the costs as the company published them. */
  readonly question: string;
  /** Key of the tag that says whose a resource is; not every resource has it. */
  readonly ownerTag: string;
  readonly period: { readonly from: string; readonly until: string };
  /** Whole bill, before tax, over the period. */
  readonly total: string;
  /** By service over the period; they sum to the total. */
  readonly published: readonly PublishedAmount[];
  /** In the order in which they were delivered and are to be loaded. */
  readonly deliveries: readonly Delivery[];
  /** One of the files beside: OpenCost's answer, which shares out the cluster's part of the bill. */
  readonly allocations?: string;
  /** Usage and business metrics, labelled anomalies: beside the bills, never read as bills. */
  readonly beside: readonly DemoFile[];
  /** Moment to ask for advice at, where there are settings and measurements of resources beside: they end there. */
  readonly advisedAt?: Instant;
}
