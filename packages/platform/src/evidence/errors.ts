import { defineErrors } from "@trimtab/domain";

/** What can be wrong with evidence, or with where it comes from. */
export const evidenceErrors = defineErrors({
  RESOURCE_POINT_INVALID: {
    message: "{resource}: a point of {metric} can't be stored: {problem}",
    hint: "docs/guides/evidence.md lists metrics, units and statistics. Nothing was taken in.",
    exitCode: 2,
  },
  METRIC_FILE_INVALID: {
    message: "{file}, line {line}, column {column}: {problem}",
    hint: "docs/guides/evidence.md shows what a file of resource metrics holds. Nothing was taken in. Business metrics are loaded with 'trimtab metrics load'.",
    exitCode: 2,
  },
  METRIC_MAPPING_INVALID: {
    message: "{file}, {path}: {problem}",
    hint: "docs/guides/evidence.md shows the format; 'trimtab metrics ingest --from prometheus --print-mapping' prints the default.",
    exitCode: 2,
  },
  METRIC_SERIES_AMBIGUOUS: {
    message: "{query}: {problem}",
    why: "Nothing was taken in: what is counted twice or under no name misleads.",
    hint: "Let the query keep the labels that 'resource' names, and add up the rest with sum(…) by (…).",
    exitCode: 2,
  },
  INVENTORY_INVALID: {
    message: "{file}, {path}: {problem}",
    hint: "docs/guides/evidence.md shows what an inventory file holds. Nothing was taken in.",
    exitCode: 2,
  },
  INVENTORY_SCOPE_UNKNOWN: {
    message: "{file}, {path}: it does not say {missing}",
    hint: "Give it with {option}.",
    exitCode: 2,
  },
  INVENTORY_FILE_UNKNOWN: {
    message: "{file} holds no inventory that is known: {problem}",
    hint: "Give the JSON of 'trimtab inventory --json', of 'gcloud … list --format=json' or of 'aws … describe-…'; docs/guides/evidence.md lists which.",
    exitCode: 2,
  },
  EVIDENCE_CREDENTIALS: {
    message: "{cloud} was given no credentials that work: {reason}",
    hint: "To mend it, {signIn}. Nothing was taken in.",
    exitCode: 3,
  },
  EVIDENCE_ACCESS_DENIED: {
    message: "{cloud} does not allow {action}: {reason}",
    hint: "docs/guides/evidence.md lists the permissions that are needed, and no others.",
    exitCode: 3,
  },
  EVIDENCE_SOURCE_FAILED: {
    message: "{cloud} could not answer {action}: {reason}",
    why: "What may pass was tried several times.",
    hint: "Try again later. What was there before is unchanged.",
    exitCode: 3,
  },
});
