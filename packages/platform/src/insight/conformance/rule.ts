/**
 * A requirement as a value. `is` and its like over null are unknown, as in SQL: what is null is judged by the
 * rules of nullability alone. `product` and the sums of a commitment are compared within a stated tolerance.
 */
export type Check =
  | readonly ["null" | "notNull" | "present" | "decimal" | "currency", column: string]
  | readonly ["is" | "isNot" | "atLeast", column: string, value: string]
  | readonly ["oneOf", column: string, values: readonly string[]]
  | readonly ["same" | "different", a: string, b: string]
  | readonly ["product", a: string, b: string, result: string]
  /** Every value of `column` goes with at most `count` values of `of`. */
  | readonly ["distinct", column: string, of: string, count: number]
  | readonly ["type", column: string, type: "string" | "decimal" | "datetime"]
  | readonly ["format", column: string, format: ValueFormat]
  | readonly ["and" | "or", checks: readonly Check[]]
  | readonly ["rules", mode: "and" | "or", ids: readonly string[]]
  | readonly ["header", rule: HeaderRule]
  | readonly ["commitment", law: "usage equals purchase" | "used plus unused"]
  | readonly ["placeholders"]
  /** What the published model says in a form that means nothing; mended before use. */
  | readonly ["malformed", json: string];

export type ValueFormat = "string" | "numeric" | "datetime" | "unit" | "keyValue" | "currency" | "pascalKeys";

export type HeaderRule = "pascal case" | "alphanumeric" | "short" | "custom prefix" | "FOCUS columns first";

export type Keyword = "MUST" | "MUST NOT" | "SHOULD" | "SHOULD NOT" | "RECOMMENDED" | "MAY";

/** One rule of a requirements model. */
export interface Rule {
  readonly id: string;
  /** The column, attribute or dataset it is about. */
  readonly about: string;
  readonly entity: "Column" | "Attribute" | "Dataset";
  readonly kind: "Presence" | "Type" | "Format" | "Nullability" | "Validation" | "Composite";
  readonly keyword: Keyword;
  readonly text: string;
  /** What the provider must support for the rule to apply; all of them. */
  readonly applies?: readonly string[];
  readonly when?: Check;
  /** Absent where the model gives no machine-readable requirement. */
  readonly check?: Check;
  /** Why the rule can't be judged, where that is known of the rule itself. */
  readonly open?: string;
  /** Rules whose subject this one needs. */
  readonly needs?: readonly string[];
}
