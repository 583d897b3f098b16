import type { Position } from "../../query/text/yaml-draft.ts";
import type { Days, Weekday } from "./days.ts";
import type { Expression } from "./expression.ts";
import type { Quantity } from "./quantity.ts";

export const KINDS = ["figure", "cost", "saving", "opportunity", "avoided", "discount"] as const;
export type Kind = (typeof KINDS)[number];

export const BASES = ["measured", "estimated", "simulated", "target", "plan", "unstated"] as const;
export type Basis = (typeof BASES)[number];

export const STATUSES = ["complete", "ready", "in-progress", "planned", "open"] as const;
export type Status = (typeof STATUSES)[number];

export const VERDICTS = ["met", "missed", "open"] as const;
export type Verdict = (typeof VERDICTS)[number];

export const SEVERITIES = ["wrong", "doubtful", "note"] as const;
export type Severity = (typeof SEVERITIES)[number];

export type ClaimValue =
  | { readonly kind: "quantity"; readonly quantity: Quantity }
  | { readonly kind: "change"; readonly before: Quantity; readonly after: Quantity }
  | { readonly kind: "days"; readonly days: Days }
  | { readonly kind: "text" }
  /** Worked out from `is`; the paper does not say it. */
  | { readonly kind: "derived" };

/** A formula with the text it was read from. */
export interface Formula {
  readonly text: string;
  readonly expression: Expression;
}

export interface Target {
  readonly text: string;
  readonly quantity: Quantity;
  readonly verdict: Verdict;
}

/** One thing a paper says, and what it must agree with. */
export interface Claim {
  readonly id: string;
  /** As the paper has it. */
  readonly says: string;
  readonly value: ClaimValue;
  /** Paper and lines, such as `status.md:122`. */
  readonly source: string;
  /** Where the claim stands in the sheet. */
  readonly position: Position;
  readonly kind: Kind;
  readonly basis: Basis | undefined;
  /** The figure it must equal, and a second reading that would do as well. */
  readonly is: Formula | undefined;
  readonly or: Formula | undefined;
  /** How a failing formula counts, where not as wrong. */
  readonly severity: Severity | undefined;
  readonly why: string | undefined;
  readonly doubt: string | undefined;
  readonly note: string | undefined;
  /** The cost line a saving, an opportunity or a discount is taken from. */
  readonly on: string | undefined;
  readonly covers: readonly string[];
  readonly realisedBy: readonly string[];
  readonly notCommittable: string | undefined;
  /** What must be paid for this return to come: claims of an investment. */
  readonly needs: readonly string[];
  readonly target: Target | undefined;
  readonly status: Status | undefined;
  readonly over: readonly string[];
  readonly openBoxes: Boxes;
  readonly doneBoxes: Boxes;
  readonly lists: readonly string[];
  readonly after: readonly string[];
  readonly weekday: Weekday | undefined;
  /** The day the paper was written: nothing later can be done yet. */
  readonly asOf: Days | undefined;
  readonly lake: string | undefined;
}

/** Boxes of a checklist; some papers are only counted. */
export interface Boxes {
  readonly count: number;
  readonly texts: readonly string[];
}

/** A paper's claims, in the order of the sheet. */
export interface ClaimsSheet {
  readonly title: string;
  readonly file: string;
  readonly currency: string;
  readonly claims: readonly Claim[];
  readonly byId: ReadonlyMap<string, Claim>;
}
