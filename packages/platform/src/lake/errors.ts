import { defineErrors } from "@trimtab/domain";

export const lakeErrors = defineErrors({
  LAKE_INPUT_NOT_FOUND: {
    message: "No file matches {pattern}",
    hint: "Check the path; quote a glob so that the shell does not expand it.",
    exitCode: 2,
  },
  LAKE_INPUT_UNREADABLE: {
    message: "{file} can't be read: {reason}",
    hint: "Check that the file exists and that you may read it.",
    exitCode: 2,
  },
  LAKE_INPUT_CORRUPT: {
    message: "{file} is damaged: {reason}",
    why: "A truncated or altered compressed file would load as a smaller bill without a word.",
    hint: "Download the file again; nothing of it was loaded.",
    exitCode: 2,
  },
  LAKE_INPUT_REFUSED: {
    message: "{file} can't be loaded: {reason}",
    why: "It was recognised, but holds values that the engine can't read or add up. Nothing was loaded.",
    hint: "Download the file again; if it is as the provider wrote it, please report its header.",
    exitCode: 2,
  },
  LAKE_INPUT_EMPTY: {
    message: "{file} is empty: it has no header",
    hint: "Remove it from the list or download it again.",
    exitCode: 2,
  },
  LAKE_INPUT_HEADER: {
    message: "{file}, line 1: {reason}",
    hint: "A bill's header must name each column once. Download the file again.",
    exitCode: 2,
  },
  LAKE_QUERY_FAILED: {
    message: "The embedded engine refused a statement: {reason}",
    hint: "This is a bug of Trimtab if the lake is whole; 'trimtab doctor' checks the lake.",
    exitCode: 3,
  },
  LAKE_OUT_OF_MEMORY: {
    message: "The embedded engine ran out of memory: {reason}",
    hint: "Give it more with TRIMTAB_MEMORY_MB, or ask for fewer columns or a shorter time.",
    exitCode: 3,
  },
  LAKE_DISK_FULL: {
    message: "The disk of the lake is full: {reason}",
    why: "The load was not committed; the lake is as it was.",
    hint: "Free space, or remove old versions with 'trimtab lake expire', and load again.",
    exitCode: 3,
  },
  LAKE_CANCELLED: {
    message: "The query was cancelled",
    hint: "Run it again.",
    exitCode: 130,
  },
  LAKE_NOT_WRITABLE: {
    message: "The lake {root} can't be written: {reason}",
    hint: "Choose another folder with --lake or TRIMTAB_LAKE, or mend its permissions.",
    exitCode: 3,
  },
  LAKE_UNREADABLE: {
    message: "The lake {root} can't be read: {reason}",
    hint: "Check that the folder is there and that you may read it.",
    exitCode: 3,
  },
  LAKE_MANIFEST_BROKEN: {
    message: "{file} is not a manifest of this program: {reason}",
    hint: "Restore the file from a backup; 'trimtab lake history' shows the versions that are whole.",
    exitCode: 3,
  },
  LAKE_VERSION_UNKNOWN: {
    message: "The lake has no version {version}; it has {oldest} to {newest}",
    hint: "'trimtab lake history' lists the versions that can be read.",
    exitCode: 2,
  },
  LAKE_BUSY: {
    message: "Other loads committed {attempts} times while this one tried",
    hint: "Nothing was lost; run the load again.",
    exitCode: 3,
  },
  LAKE_COMMIT_UNCERTAIN: {
    message: "{root} did not say whether version {version} was committed: {reason}",
    why: "The connection broke at that very moment. What is in the lake is whole either way.",
    hint: "Look with 'trimtab lake history'; loading the same files again replaces the load and counts nothing twice.",
    exitCode: 3,
  },
  LAKE_CONSERVATION: {
    message:
      "{source}: {equation} does not hold in {currency}: input {input}, charges {output}, quarantined {quarantined}",
    why: "Every amount of the bill must be in the lake, in quarantine or in the stated rounding. Nothing was loaded.",
    hint: "Please report it with the file's header: it is a bill that this source does not map yet.",
    exitCode: 3,
  },
  LAKE_COVERS_LESS: {
    message:
      "{instance}, {period}: this delivery covers less than what is loaded ({missing}). Loaded: {loaded}; offered: {offered}",
    why: "A partial file would silently replace a whole month.",
    hint: "Give the whole delivery, or say --partial if this really is all there is.",
    exitCode: 2,
  },
  LAKE_TWO_DELIVERIES: {
    message: "{instance}, {period}: {first} and {second} are two deliveries of the same days",
    why: "Without a manifest nothing says which one is newer, and their sum would be wrong.",
    hint: "Give only the newest delivery.",
    exitCode: 2,
  },
  LAKE_SAME_FILE: {
    message: "{first} and {second} are the same file",
    why: "Together they would count everything twice.",
    hint: "Give only one of them.",
    exitCode: 2,
  },
  LAKE_NOTHING_TO_LOAD: {
    message: "{files} hold no charge rows",
    hint: "Check that the export ran for a period with costs.",
    exitCode: 2,
  },
  LAKE_ALL_REJECTED: {
    message:
      "None of the {rows} rows of {file} can be read; the first: line {line}, column {column}: {reason}",
    hint: "The file is not what its header says. Nothing was loaded.",
    exitCode: 2,
  },
});
