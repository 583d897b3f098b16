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
  LAKE_POINTS_CONTRADICT: {
    message: "{resource}: two values of {metric} ({statistic}) for the interval that starts at {time}",
    why: "Which of them is right can't be known, and their sum would be wrong. Nothing was taken in.",
    hint: "Where several series belong to one resource, let the query add them up, or tell them apart by a label.",
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
  LAKE_COMPACTION_DIFFERS: {
    message: "The charges of {instance} for {period} can't be written again (load {load}): {difference}",
    why: "A load is only replaced by the same charges, digit for digit. The lake is as it was.",
    hint: "Run 'trimtab lake verify'; if it finds the load damaged, ingest that month's bill again. Else this is a bug of Trimtab or of the cluster: please report it.",
    exitCode: 3,
  },
  LAKE_COMMIT_UNCERTAIN: {
    message: "{root} did not say whether {path} was made: {reason}",
    why: "The connection broke while it was committed. What is in the lake is whole either way.",
    hint: "Look with 'trimtab lake history'; loading the same files again replaces the load and counts nothing twice.",
    exitCode: 3,
  },
  LAKE_URL_INVALID: {
    message: "{root} names no place for a lake: {reason}",
    hint: "Give a folder, s3://bucket/path, gs://bucket/path, az://container/path or abfss://container@account.dfs.core.windows.net/path.",
    exitCode: 2,
  },
  LAKE_BUCKET_MISSING: {
    message: "{root}: there is no bucket {bucket} ({reason})",
    hint: "Check its name and your account; make the bucket if it is new. Trimtab makes no buckets.",
    exitCode: 3,
  },
  LAKE_ACCESS_DENIED: {
    message: "{root}: {action} is not allowed ({reason})",
    hint: "Ask for the permissions on bucket {bucket} that docs/guides/object-storage.md lists.",
    exitCode: 3,
  },
  LAKE_CREDENTIALS: {
    message: "{root}: {action} was refused for its credentials ({reason})",
    hint: "To mend it, {signIn}. If the clock of this machine is wrong, set it.",
    exitCode: 3,
  },
  LAKE_STORE_UNREACHABLE: {
    message: "{root} can't be reached: {action} failed ({reason})",
    why: "It was tried several times.",
    hint: "Check the network, its proxy (HTTPS_PROXY) and the endpoint, then try again. Nothing was half done.",
    exitCode: 3,
  },
  LAKE_STORE_FAILED: {
    message: "{root}: {action} failed ({reason})",
    why: "What may pass was tried several times.",
    hint: "Try again later; if it stays, ask who runs the store. Nothing was half done.",
    exitCode: 3,
  },
  LAKE_CONDITION_IGNORED: {
    message: "{root} can't hold a lake: its store does not keep conditions ({reason})",
    why: "A load becomes visible by an object that must not be there yet (If-None-Match). Without that, two loads at once would lose one.",
    hint: "Use a store that keeps conditional writes, or its newer version; docs/guides/object-storage.md names some.",
    exitCode: 3,
  },
  LAKE_OBJECT_MISSING: {
    message: "{root}: {path} is not there, though the lake names it",
    hint: "See 'trimtab doctor' for what else is missing; ingest that month's bill again, which replaces the load.",
    exitCode: 3,
  },
  LAKE_OBJECT_DAMAGED: {
    message: "{root}: {path} is damaged: {reason}",
    why: "It was fetched several times. An answer from it would be wrong.",
    hint: "Restore the object from a backup or an older version of it, or ingest that month's bill again.",
    exitCode: 3,
  },
  LAKE_CACHE_UNUSABLE: {
    message: "The cache {folder} can't be written: {reason}",
    hint: "Free space or mend its permissions, or choose another folder with TRIMTAB_CACHE. It needs a file system with hard links.",
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
