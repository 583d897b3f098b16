import { defineErrors } from "@trimtab/domain";

/** What can be wrong with evidence, or with where it comes from. */
export const evidenceErrors = defineErrors({
  RESOURCE_POINT_INVALID: {
    message: "{resource}: a point of {metric} can't be stored: {problem}",
    hint: "docs/guides/evidence.md lists metrics, units and statistics. Nothing was taken in.",
    exitCode: 2,
  },
});
