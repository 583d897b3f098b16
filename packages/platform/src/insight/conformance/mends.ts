import type { Check, Rule } from "./rule.ts";

/** A correction of the published model, or a requirement that it states in words only. */
export interface Mend {
  readonly id: string;
  readonly kind: "erratum" | "defect" | "added";
  readonly because: string;
  readonly when?: Check;
  readonly check?: Check;
  readonly needs?: readonly string[];
}

/** The rules as they are judged. */
export const mended = (rules: readonly Rule[], mends: readonly Mend[]): readonly Rule[] => {
  const byId = new Map(mends.map((mend) => [mend.id, mend]));
  return rules.map((rule) => {
    const mend = byId.get(rule.id);
    if (mend === undefined) return rule;
    const { when, check, needs } = mend;
    return {
      ...rule,
      ...(when === undefined ? {} : { when }),
      ...(check === undefined ? {} : { check }),
      ...(needs === undefined ? {} : { needs }),
    };
  });
};
