import { defineErrors } from "@trimtab/domain";

/** What can go wrong where a load is replayed. */
export const loadtestErrors = defineErrors({
  LOADTEST_TRAFFIC_INVALID: {
    message: "{file} is no traffic: {reason}",
    why: "A load is replayed from requests per interval, at a fixed interval.",
    hint: "Give a CSV with the columns `time` and `requests`, one row an interval, or JSON with `intervalSeconds` and `values`.",
  },
  LOADTEST_RESOURCE_UNKNOWN: {
    message: "The traffic of {resource} can't be told: {reason}",
    hint: "`trimtab metrics resources --metric {metric}` lists which resources have it, and when; `--since` and `--until` choose the time. Or give a file: `--traffic`.",
  },
  LOADTEST_TARGET_NOT_ALLOWED: {
    message: "{host} was not allowed as a target",
    why: "A load on a system that can't bear it, or that is someone else's, does harm.",
    hint: "Name it with `--allow {host}` if it is yours to load.",
  },
  LOADTEST_TARGET_INVALID: {
    message: '"{target}" is no address to load',
    hint: "Give an http:// or https:// address without a user name or a password in it; secrets belong into --headers.",
  },
  LOADTEST_TOO_MUCH: {
    message: "The schedule has {what}: {value}, above the limit of {limit}",
    hint: "Scale it down, compress it, or raise {option} on purpose.",
  },
  LOADTEST_FILE_INVALID: {
    message: "{file} is not what {option} reads: {reason}",
    hint: "Headers are a JSON object of texts; results are what `--save` wrote, of the same schedule.",
  },
});
