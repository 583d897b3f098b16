import type { LakeColumnName } from "@trimtab/domain";
import { stringify } from "yaml";
import type { InputHeader } from "../../lake/source-definition.ts";
import { KNOWN_NAMES } from "./data/known-names.ts";
import { inferTimes } from "./infer-times.ts";

/** What a first look at a file suggests; everything in it is to be checked by a person. */
export interface MappingDraft {
  readonly yaml: string;
  /** FOCUS columns that a mapping needs and the header suggests nothing for. */
  readonly missing: readonly LakeColumnName[];
}

export interface InferOptions {
  /** The file's name without folder, for the mapping's name. */
  readonly name: string;
  readonly delimiter: "," | ";" | "\t" | "|";
}

const REQUIRED: readonly LakeColumnName[] = ["BilledCost", "BillingCurrency", "ChargePeriodStart"];
const NULL_WORDS = ["NULL", "null", "N/A", "n/a", "None", "-"];
const TAG_PREFIX = /^((?:resource)?tags?|labels?)([/:._])/i;

const letters = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Providers put a group before a name, such as `lineItem/` or `cost.`; the last part names the column. */
const spellings = (name: string): readonly string[] => [
  letters(name),
  letters(name.split(/[/.:]/).at(-1) ?? ""),
];

const suggest = (names: readonly string[]): Map<LakeColumnName, string> => {
  const taken = new Set<string>();
  const found = new Map<LakeColumnName, string>();
  for (const exact of [0, 1] as const) {
    for (const [target, known] of KNOWN_NAMES) {
      if (found.has(target)) continue;
      const ranked = known.flatMap((word) =>
        names.filter((name) => !taken.has(name) && spellings(name)[exact] === word),
      );
      const [best] = ranked;
      if (best === undefined) continue;
      taken.add(best);
      found.set(target, best);
    }
  }
  return found;
};

const valuesOf = ({ sample }: InputHeader, name: string | undefined): readonly string[] =>
  name === undefined ? [] : sample.flatMap((row) => row[name] ?? []);

/** `1.234,50` and `0,5` part decimals by a comma; a sample without any such value is taken to use a point. */
const numberStyle = (values: readonly string[]): { decimal: "." | ","; grouping: "" | "." | "," } => {
  if (values.some((value) => /^-?\d{1,3}(\.\d{3})+,\d+$/.test(value))) return { decimal: ",", grouping: "." };
  if (values.some((value) => /^-?\d+,\d{1,2}$/.test(value))) return { decimal: ",", grouping: "" };
  if (values.some((value) => /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(value)))
    return { decimal: ".", grouping: "," };
  return { decimal: ".", grouping: "" };
};

const scalar = (value: string): string => stringify(value).trim();

const columnLines = (header: InputHeader, found: ReadonlyMap<LakeColumnName, string>): string[] => {
  const example = (name: string): string => {
    const value = valuesOf(header, name)[0];
    return value === undefined
      ? "empty in the sample"
      : `e.g. ${value.slice(0, 40).replace(/[\r\n#]/g, " ")}`;
  };
  const lines = [...found].map(([target, name]) => `  ${target}: ${scalar(name)} # ${example(name)}`);
  const missing = REQUIRED.filter((target) => !found.has(target));
  return [
    ...missing.map((target) =>
      target === "BillingCurrency"
        ? "  # CHECK: no column looks like a currency; write the one of the invoice.\n  # BillingCurrency: { value: USD }"
        : `  # CHECK: needed, and no column looks like it.\n  # ${target}: `,
    ),
    ...lines,
  ];
};

/** A first draft of a mapping from a header and its first rows. */
export const inferMapping = (header: InputHeader, { name, delimiter }: InferOptions): MappingDraft => {
  const names = header.columns.map((column) => column.name);
  const tags = names.filter((column) => TAG_PREFIX.test(column));
  const prefixes = [...new Set(tags.map((column) => TAG_PREFIX.exec(column)?.[0] ?? ""))];
  const found = suggest(names.filter((column) => !tags.includes(column)));
  const costs = [...found]
    .filter(([target]) => target.endsWith("Cost"))
    .flatMap(([, own]) => valuesOf(header, own));
  const { decimal, grouping } = numberStyle(costs);
  const times = inferTimes(
    [...found]
      .filter(([target]) => /Period(Start|End)$/.test(target))
      .flatMap(([, own]) => valuesOf(header, own)),
  );
  const nulls = NULL_WORDS.filter((word) => header.sample.some((row) => Object.values(row).includes(word)));
  const isNegative = costs.length > 0 && costs.every((value) => /^-|^0*[.,]?0*$/.test(value));
  const unused = names.filter((column) => !tags.includes(column) && ![...found.values()].includes(column));
  const yaml = [
    "# A first draft from the header and the first rows. Check every line marked CHECK, then load with",
    "#   trimtab ingest --source csv --mapping <this file> <bill>",
    "mapping: 1",
    `name: ${
      letters(name) === ""
        ? "my-bill"
        : name
            .toLowerCase()
            .replace(/[^a-z0-9]+/g, "-")
            .replace(/^-|-$/g, "")
            .slice(0, 60)
    } # part of what a later load replaces: keep it`,
    "file:",
    `  format: ${header.format}`,
    ...(header.format === "csv" ? [`  delimiter: ${JSON.stringify(delimiter)}`] : []),
    `  decimal: ${JSON.stringify(decimal)} # CHECK: the character before the cents`,
    ...(grouping === "" ? [] : [`  grouping: ${JSON.stringify(grouping)}`]),
    ...(nulls.length === 0 ? [] : [`  nulls: ${JSON.stringify(nulls)}`]),
    `  times: ${JSON.stringify(times.formats)} # CHECK: ${times.note}`,
    "delivery: period # CHECK: a file holds whole months (period), some days (window), or new rows only (append)",
    ...(isNegative ? ["sign: negative # CHECK: the costs of the sample are all negative"] : []),
    "columns:",
    ...columnLines(header, found),
    "  # CHECK: who is paid, and by which account, where no column says so:",
    ...(found.has("ServiceProviderName") ? [] : ["  # ServiceProviderName: { value: My Provider }"]),
    ...(found.has("BillingAccountId") ? [] : ["  # BillingAccountId: { value: my-account }"]),
    ...(found.has("ChargeCategory") ? [] : ["  # ChargeCategory: { value: Usage }"]),
    ...(prefixes.length === 0 ? [] : ["tags:", `  prefixes: ${JSON.stringify(prefixes)}`]),
    ...(unused.length === 0
      ? []
      : [
          "# Kept as they are in x_extra:",
          ...unused.map((column) => `#   ${column.replace(/[\r\n]/g, " ")}`),
        ]),
    "",
  ].join("\n");
  return { yaml, missing: REQUIRED.filter((target) => !found.has(target)) };
};
