import type { Json } from "@trimtab/domain";
import type { JobKind } from "../../notify/scheduler/job.ts";
import type { CommandInput } from "../command.ts";
import { pairsOf } from "./field-options.ts";

/** Settings of a job as they are typed: a list by commas or by repeating, true and false, or text. @throws CLI_PAIR_INVALID */
export function readJobSettings(
  kind: JobKind | undefined,
  values: CommandInput["options"][string],
): { readonly [key: string]: Json } {
  const typed = new Map<string, string[]>();
  for (const [name, text] of pairsOf("--set", values)) typed.set(name, [...(typed.get(name) ?? []), text]);
  return Object.fromEntries([...typed].map(([name, texts]) => [name, readValue(kind, name, texts)]));
}

/** The schema decides what the text is: the first form of it that fits. */
const readValue = (kind: JobKind | undefined, name: string, texts: readonly string[]): Json => {
  const schema = kind?.settings.shape[name] as
    | { safeParse(value: unknown): { success: boolean } }
    | undefined;
  const [first = ""] = texts;
  const forms: readonly Json[] = [
    ...(texts.length === 1 ? [first, first === "true", Number(first)] : []),
    texts.flatMap((text) => text.split(",").map((part) => part.trim())),
  ];
  const isTrueOrFalse = first === "true" || first === "false";
  return (
    forms.find(
      (form) =>
        (typeof form !== "boolean" || isTrueOrFalse) &&
        (typeof form !== "number" || Number.isFinite(form)) &&
        schema?.safeParse(form).success === true,
    ) ?? first
  );
};
