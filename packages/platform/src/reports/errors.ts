import { defineErrors } from "@trimtab/domain";

/** What can go wrong with reports and exports. */
export const reportErrors = defineErrors({
  REPORT_PIVOT_INVALID: {
    message: "A table can't put {column} across: {problem}",
    hint: "Group the block's question by it, or put a column with fewer values across.",
    exitCode: 2,
  },
  REPORT_TEMPLATE_UNKNOWN: {
    message: "There is no report template {template}",
    hint: "There are {templates}.",
    exitCode: 2,
  },
  REPORT_DEFINITION_INVALID: {
    message: "The report definition is invalid at {path}: {problem}",
    hint: "See docs/guides/reports.md for what a block can say; `trimtab report templates --json` prints whole ones.",
    exitCode: 2,
  },
  REPORT_BLOCK_UNKNOWN: {
    message: "The report has no table {block}",
    hint: "Tables are in {blocks}.",
    exitCode: 2,
  },
});
