import { FOCUS_COLUMNS } from "@trimtab/domain";
import type { HeaderRule } from "./rule.ts";

const FOCUS_NAMES = new Map(FOCUS_COLUMNS.map(({ name }) => [name.toLowerCase(), name]));
const isFocus = (name: string): boolean => FOCUS_NAMES.has(name.toLowerCase());

/** The names of a header that break a rule of naming or order. */
export const brokenNames = (names: readonly string[], rule: HeaderRule): readonly string[] => {
  switch (rule) {
    case "pascal case":
      return names.filter((name) => isFocus(name) && FOCUS_NAMES.get(name.toLowerCase()) !== name);
    case "alphanumeric":
      return names.filter((name) => !/^(x_)?[A-Za-z0-9]+$/.test(name) && !/^x_/.test(name));
    case "short":
      return names.filter((name) => name.length > 50);
    case "custom prefix":
      return names.filter((name) => !isFocus(name) && !name.startsWith("x_"));
    case "FOCUS columns first": {
      const firstCustom = names.findIndex((name) => !isFocus(name));
      return firstCustom < 0 ? [] : names.slice(firstCustom).filter(isFocus);
    }
  }
};
