import { defineErrors } from "@trimtab/domain";

/** What can go wrong between a file and the source that reads it. */
export const sourceErrors = defineErrors({
  SOURCE_NO_COSTS: {
    message: "{file} holds no costs: {reason}",
    hint: "Give the files of a cost export; other data sets are read beside them, never as costs.",
    exitCode: 2,
  },
  SOURCE_NO_ALLOCATIONS: {
    message: "{file} can't share out a bill: {reason}",
    why: "The bill of a day is shared out by the weights of that day.",
    hint: "Ask OpenCost for whole days, e.g. /allocation?window=lastmonth&step=1d&includeIdle=true&idleByNode=true.",
    exitCode: 2,
  },
  SOURCE_NOT_RECOGNISED: {
    message: "{file} is not a bill that any source knows. {reasons}",
    why: "A file is recognised by its columns, never by its name; a guess could load wrong amounts.",
    hint: "If you know what it is, say --source <id> ('trimtab sources' lists them). For any other table write a mapping file: 'trimtab sources infer' makes a first draft for the source 'csv'.",
    exitCode: 2,
  },
  SOURCE_AMBIGUOUS: {
    message: "{file} could be {candidates}",
    why: "Two sources know all the columns they look for.",
    hint: "Say which one it is with --source <id>.",
    exitCode: 2,
  },
  SOURCE_UNKNOWN: {
    message: "There is no source {id}",
    hint: "Known sources: {known}.",
    exitCode: 2,
  },
  SOURCE_VARIANT_UNKNOWN: {
    message: "The source {id} has no variant {variant}",
    hint: "Its variants: {known}.",
    exitCode: 2,
  },
  SOURCE_SAME_ROWS: {
    message: "{first} and {second} hold the same rows",
    why: "Nothing in them tells which kind of export each is, and together they would count everything twice.",
    hint: "Give only one of the two: without reservations and savings plans both say the same.",
    exitCode: 2,
  },
  SOURCE_VARIANT_OPEN: {
    message: "Nothing in {file} tells whether it belongs to the {variants} files in its folder",
    why: "As a part of the wrong export its charges would be missing from one measure.",
    hint: "Keep each export in a folder of its own, or load the files with --source {source}:<variant>.",
    exitCode: 2,
  },
  SOURCE_NOT_AS_SAID: {
    message: "{file} can't be read as {id}: {reason}",
    hint: "Leave out --source to see what every source looked for.",
    exitCode: 2,
  },
});
