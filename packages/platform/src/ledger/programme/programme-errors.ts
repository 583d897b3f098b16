import { defineErrors } from "@trimtab/domain";

const SEE = "The file is described in docs/guides/programme.md.";

/** What can be wrong with a programme and its file. */
export const programmeErrors = defineErrors({
  PROGRAMME_SYNTAX: {
    message: "{file}:{line}:{column}: {problem}",
    why: "The file is not well-formed YAML.",
    hint: `Mend the text at that place. ${SEE}`,
    exitCode: 2,
  },
  PROGRAMME_INVALID: {
    message: "{file}:{line}:{column}: {problem}",
    why: "A programme has a key, a value or a reference that can't be meant.",
    hint: SEE,
    exitCode: 2,
  },
  PROGRAMME_ALTERNATIVES: {
    message: "{first} and {second} exclude each other",
    why: "They are two ways to the same saving, or in conflict: together they would count it twice.",
    hint: "Choose one: take the other out of the file, or cancel its task.",
    exitCode: 2,
    status: 409,
  },
  PROGRAMME_LINE_UNKNOWN: {
    message: "Task {task} acts on {line}, which is no line of the baseline",
    hint: "The lines are: {lines}. Name one of them, or add the line to the baseline.",
    exitCode: 2,
  },
  PROGRAMME_NO_BASELINE: {
    message: "There is no cost to start from: {reason}",
    hint: "Load the bills of the baseline's months, change its `from` and `to`, or state its lines.",
    exitCode: 2,
    status: 409,
  },
  PROGRAMME_NOT_CHOSEN: {
    message: "{problem}",
    hint: "Name one of: {names}.",
    exitCode: 2,
    status: 404,
  },
  PROGRAMME_TASK_UNKNOWN: {
    message: "The programme has no task {task}",
    hint: "{suggestion}Its tasks are: {tasks}.",
    exitCode: 2,
    status: 404,
  },
  PROGRAMME_UNFINISHED: {
    message: "Programme {name} has unfinished tasks: {tasks}",
    why: "A programme is closed once each of its tasks is done by evidence, or was cancelled with a reason.",
    hint: "Run `trimtab programme check`, cancel what will not be done, or close it with --unfinished and a reason.",
    exitCode: 2,
    status: 409,
  },
  PROGRAMME_NOTHING_ACCEPTED: {
    message: "No recommendation is accepted",
    hint: "See what there is with `trimtab recommendations`, and accept what is to be done.",
    exitCode: 2,
    status: 409,
  },
  PROGRAMME_RECOMMENDATION_UNREADABLE: {
    message: "Recommendation {id} can't be read: {reason}",
    why: "What an analysis kept is not what this version of Trimtab understands.",
    hint: "Run `trimtab advise` again with this version.",
    exitCode: 2,
    status: 409,
  },
});
