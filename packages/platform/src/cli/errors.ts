import { defineErrors } from "@trimtab/domain";

/** What can go wrong between the keyboard and a command. */
export const cliErrors = defineErrors({
  CLI_PERIOD_INVALID: {
    message: "{option} says no period: {value}",
    hint: "Give a day (2026-01-15), a month (2026-01) or a range (2026-01..2026-03); --from and --to belong together.",
    exitCode: 2,
  },
  CLI_COMMAND_UNKNOWN: {
    message: 'There is no command "{command}"',
    hint: "{suggestion}List all commands with `trimtab --help`.",
    exitCode: 2,
  },
  CLI_OPTION_UNKNOWN: {
    message: '"trimtab {command}" has no option "{option}"',
    hint: "{suggestion}List its options with `trimtab {command} --help`.",
    exitCode: 2,
  },
  CLI_OPTION_VALUE_MISSING: {
    message: 'Option "{option}" needs a value',
    hint: "Write `{option} {value}`; a value that starts with a dash as `{option}=-…`.",
    exitCode: 2,
  },
  CLI_OPTION_TAKES_NO_VALUE: {
    message: 'Option "{option}" takes no value',
    hint: "Write only `{option}`.",
    exitCode: 2,
  },
  CLI_OPTION_CHOICE_INVALID: {
    message: 'Option "{option}" can\'t be "{value}"',
    hint: "{suggestion}Choose one of {choices}.",
    exitCode: 2,
  },
  CLI_OPTIONS_CONFLICT: {
    message: "{first} and {second} can't be used together",
    hint: "Leave one of them out.",
    exitCode: 2,
  },
  CLI_ARGUMENT_MISSING: {
    message: '"trimtab {command}" needs {argument}',
    hint: "Write `{usage}`; examples are in `trimtab {command} --help`.",
    exitCode: 2,
  },
  CLI_INPUT_REMOTE: {
    message: "{url} is in object storage, and the embedded engine reads files of this machine",
    hint: "Let a cluster load it, with '--engine trino', or copy it here first.",
    exitCode: 2,
  },
  CLI_ARGUMENT_CHOICE_INVALID: {
    message: '{argument} can\'t be "{value}"',
    hint: "{suggestion}Choose one of {choices}.",
    exitCode: 2,
  },
  CLI_ARGUMENT_UNEXPECTED: {
    message: '"trimtab {command}" can\'t use "{argument}"',
    hint: "{suggestion}Write `{usage}`; put text with spaces in quotes.",
    exitCode: 2,
  },
  CLI_FILE_UNREADABLE: {
    message: "{file} can't be read: {reason}",
    hint: "Check the path of {option}.",
    exitCode: 2,
  },
  CLI_FILE_INVALID: {
    message: "{file} is not what {option} reads: {reason}",
    hint: "The reference of the command line shows what it should hold.",
    exitCode: 2,
  },
  CLI_PAIR_INVALID: {
    message: 'Option "{option}" can\'t be "{value}"',
    hint: "Write NAME=VALUE.",
    exitCode: 2,
  },
  CLI_SECRET_MISSING: {
    message: "The secret {field} is not there: the environment variable {name} is not set",
    hint: "Set it for this call, or give a file with --secret-file.",
    exitCode: 2,
  },
  CLI_NUMBER_INVALID: {
    message: 'Option "{option}" can\'t be "{value}"',
    hint: "Give a whole number.",
    exitCode: 2,
  },
  CLI_RECOMMENDATION_UNKNOWN: {
    message: "There is no recommendation {id}: {reason}",
    hint: "`trimtab recommendations` lists their ids; `trimtab advise` looks for new ones.",
    exitCode: 2,
  },
  CLI_AMOUNT_INVALID: {
    message: 'Option "{option}" can\'t be "{value}"',
    hint: "Give an amount of zero or more, such as 100 or 87.50.",
    exitCode: 2,
  },
  CLI_METRIC_INVALID: {
    message: 'Option "--metric" can\'t be "{value}"',
    hint: "Write NAME:MARGIN, such as p95_ms:5% (may rise by 5 %), throughput:-5% (may fall by 5 %), p95_ms{tag:service=api}:5% or error_rate:0.001.",
    exitCode: 2,
  },
  CLI_ANCHOR_INVALID: {
    message: 'Option "--anchor" can\'t be "{value}"',
    hint: "Give what `trimtab state status` printed as the end of the audit log, e.g. 12:3fa9….",
    exitCode: 2,
  },
  CLI_TABLE_UNKNOWN: {
    message: 'This answer has no table "{table}"',
    hint: "{suggestion}{available}",
    exitCode: 2,
  },
  CLI_TIME_ZONE_UNKNOWN: {
    message: 'There is no time zone "{timeZone}"',
    hint: "Use an IANA name, such as UTC, Europe/Berlin or America/Los_Angeles.",
    exitCode: 2,
  },
  CLI_SYSTEM_FAILED: {
    message: "The system refused: {reason}",
    why: "An operation on a file, the network or the machine itself failed.",
    hint: "{hint}",
    exitCode: 3,
  },
  CLI_FAULT: {
    message: "Trimtab failed in a way it should not: {reason}",
    why: "This is a fault in Trimtab, not in what you gave it. No load is left half done.",
    hint: "Run again with TRIMTAB_DEBUG=1 and report what it prints.",
    exitCode: 70,
  },
});
