import { type Instant, type InventoryItem, instantOf, type ResourceKind } from "@trimtab/domain";
import type { z } from "zod";
import { evidenceErrors } from "../errors.ts";
import { invalid } from "./parse-items.ts";

/** What a cloud's answer does not say of itself. */
export interface NormaliseContext {
  /** Account or project id. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** Google's other name of a project, by which bills and metrics may call it. */
  readonly projectNumber?: string | undefined;
  readonly readAt: Instant;
  /** File or address, for errors. */
  readonly from: string;
}

/** How one kind's answers become items. Pure. */
export interface Normaliser<K extends ResourceKind = ResourceKind> {
  readonly kind: K;
  /** @throws INVENTORY_INVALID, INVENTORY_SCOPE_UNKNOWN */
  readonly normalise: (body: unknown, context: NormaliseContext) => InventoryItem<K>;
}

/** The part of an answer that a kind needs. @throws INVENTORY_INVALID */
export const readBody = <T>(schema: z.ZodType<T>, body: unknown, { from }: NormaliseContext): T => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalid(from, nameOf(body), parsed.error);
};

/** @throws INVENTORY_SCOPE_UNKNOWN */
export const needed = (
  value: string | undefined,
  what: "account" | "region",
  body: unknown,
  { from }: NormaliseContext,
): string => {
  if (value !== undefined && value !== "") return value;
  const missing = what === "account" ? "which account or project it is in" : "which region it is in";
  throw evidenceErrors.create("INVENTORY_SCOPE_UNKNOWN", {
    file: from,
    path: nameOf(body),
    missing,
    option: `--${what}`,
  });
};

const NAMES = [
  "selfLink",
  "name",
  "InstanceId",
  "VolumeId",
  "SnapshotId",
  "AllocationId",
  "DBInstanceIdentifier",
  "TableName",
  "FunctionName",
];

/** What to call a part of an answer in an error. */
const nameOf = (body: unknown): string => {
  if (typeof body !== "object" || body === null) return "item";
  const known = NAMES.map((key) => (body as Readonly<Record<string, unknown>>)[key]);
  const name = known.find((value) => typeof value === "string");
  return name === undefined ? "item" : String(name).slice(0, 200);
};

/** A moment of any zone, in UTC; undefined for what is none. */
export const momentOf = (text: string | Date | undefined): Instant | undefined => {
  if (text === undefined) return undefined;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : instantOf(date);
};

/** What follows the last slash. */
export const lastPart = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** Each name once, without the one that is the id. */
export const otherNames = (id: string, names: readonly (string | undefined)[]): readonly string[] =>
  [...new Set(names.filter((name) => name !== undefined && name !== "" && name !== id))] as readonly string[];
