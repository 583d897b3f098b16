import { type FocusColumn, type FocusVersion, focusColumns } from "@trimtab/domain";
import { RULES_1_2 } from "./data/focus-1-2-rules.ts";
import { MENDS_1_2 } from "./data/mends-1-2.ts";
import type { Rule } from "./rule.ts";

type Draft = Pick<Rule, "kind" | "keyword" | "text"> & Partial<Pick<Rule, "check" | "applies">>;

const presence = ({ name, feature }: FocusColumn): Draft[] => {
  const check = ["present", name] as const;
  if (feature === "mandatory")
    return [{ kind: "Presence", keyword: "MUST", text: `${name} MUST be present.`, check }];
  if (feature === "recommended")
    return [
      { kind: "Presence", keyword: "RECOMMENDED", text: `${name} is RECOMMENDED to be present.`, check },
    ];
  if (feature === "optional") return [];
  return [
    {
      kind: "Presence",
      keyword: "MUST",
      text: `${name} MUST be present when the provider supports what it describes.`,
      check,
      applies: ["CONDITIONAL"],
    },
  ];
};

const draftsOf = (column: FocusColumn): Draft[] => {
  const { name, type, nullable, allowed } = column;
  const drafts = presence(column);
  if (!nullable) {
    const text = `${name} MUST NOT be null.`;
    drafts.push({ kind: "Nullability", keyword: "MUST NOT", text, check: ["notNull", name] });
  }
  if (type === "decimal") {
    const text = `${name} MUST be of type Decimal.`;
    drafts.push({ kind: "Type", keyword: "MUST", text, check: ["type", name, "decimal"] });
    const format = `${name} MUST conform to NumericFormat requirements.`;
    drafts.push({ kind: "Format", keyword: "MUST", text: format, check: ["format", name, "numeric"] });
  }
  if (type === "datetime") {
    const text = `${name} MUST be of type Date/Time.`;
    drafts.push({ kind: "Type", keyword: "MUST", text, check: ["type", name, "datetime"] });
    const format = `${name} MUST conform to DateTimeFormat requirements.`;
    drafts.push({ kind: "Format", keyword: "MUST", text: format, check: ["format", name, "datetime"] });
  }
  if (type === "string") {
    const text = `${name} MUST be of type String.`;
    drafts.push({ kind: "Type", keyword: "MUST", text, check: ["type", name, "string"] });
  }
  if (type === "map") {
    const text = `${name} MUST conform to KeyValueFormat requirements.`;
    drafts.push({ kind: "Format", keyword: "MUST", text, check: ["format", name, "keyValue"] });
  }
  if (allowed !== undefined) {
    const text = `${name} MUST be one of the allowed values.`;
    drafts.push({ kind: "Validation", keyword: "MUST", text, check: ["oneOf", name, allowed] });
  }
  return drafts;
};

/** What holds in every version: the laws of cost, and the conventions of names and nulls. */
const ALWAYS: ReadonlySet<string> = new Set([
  ...MENDS_1_2.filter(({ because }) => because.startsWith("cost reconciliation")).map(({ id }) => id),
  "NullHandling-A-002-M",
  "ColumnHandling-A-001-M",
  "ColumnHandling-A-010-M",
]);

const ruleId = (name: string, version: FocusVersion, part: string): string => `${name}-${version}-${part}`;

/**
 * Rules of a version that has no requirements model here: what its column catalogue says (presence, nullability,
 * type, format, allowed values), and what holds in every version. All else that it may demand stays open.
 */
export const catalogueRules = (version: FocusVersion): readonly Rule[] => {
  const derived = focusColumns(version).flatMap((column): Rule[] => [
    ...draftsOf(column).map(
      (draft, index): Rule => ({
        ...draft,
        id: ruleId(column.name, version, String(index).padStart(3, "0")),
        about: column.name,
        entity: draft.kind === "Presence" ? "Dataset" : "Column",
      }),
    ),
    {
      id: ruleId(column.name, version, "other"),
      about: column.name,
      entity: "Column",
      kind: "Validation",
      keyword: "MUST",
      text: `Whatever else FOCUS ${version} demands of ${column.name}`,
      open: `no requirements model of FOCUS ${version} is included, only its column catalogue`,
    },
  ]);
  return [...derived, ...RULES_1_2.filter(({ id }) => ALWAYS.has(id))];
};
