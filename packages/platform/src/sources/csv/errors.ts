import { defineErrors } from "@trimtab/domain";

export const mappingErrors = defineErrors({
  MAPPING_UNREADABLE: {
    message: "{file} can't be read: {reason}",
    hint: "Check the path of --mapping.",
    exitCode: 2,
  },
  MAPPING_INVALID: {
    message: "{file}, {problems}",
    why: "A mapping says what a column of money means; one that is half understood would load wrong amounts.",
    hint: "docs/reference/sources/csv.md lists every key; 'trimtab sources infer FILE' writes a first draft.",
    exitCode: 2,
  },
});
