import { notifyErrors } from "../errors.ts";
import type { ChannelDefinition, ChannelField, ChannelValues } from "./channel.ts";

type Given = Readonly<Record<string, unknown>>;

const invalid = (field: string, reason: string) =>
  notifyErrors.create("NOTIFY_CHANNEL_INVALID", { field, reason });

/** What was given for a channel, checked by its fields and with their defaults. @throws NOTIFY_CHANNEL_INVALID */
export const checkChannelValues = (
  definition: ChannelDefinition,
  given: { readonly settings: Given; readonly secrets: Given },
): ChannelValues => {
  for (const [isSecret, values] of [
    [false, given.settings],
    [true, given.secrets],
  ] as const)
    for (const name of Object.keys(values)) {
      const field = definition.fields.find((each) => each.name === name);
      if (field === undefined) throw invalid(name, `${definition.title} has no such field`);
      if (field.secret !== isSecret)
        throw invalid(name, field.secret ? "it is a secret, not a setting" : "it is a setting, not a secret");
    }
  const settings: Record<string, string | number | boolean> = {};
  const secrets: Record<string, string> = {};
  for (const field of definition.fields) {
    const raw = (field.secret ? given.secrets : given.settings)[field.name];
    const value = raw === undefined || raw === "" ? field.default : readValue(field, raw);
    if (value === undefined) {
      if (field.required) throw invalid(field.name, "it is missing");
      continue;
    }
    if (field.secret) secrets[field.name] = String(value);
    else settings[field.name] = value;
  }
  const values = { settings, secrets };
  const problem = definition.problem?.(values);
  if (problem !== undefined) throw invalid(problem.field, problem.reason);
  return values;
};

const readValue = (field: ChannelField, raw: unknown): string | number | boolean => {
  const text = String(raw).trim();
  if (/[\r\n\0]/.test(text)) throw invalid(field.name, "it holds a line break");
  if (field.type === "number") {
    const number = Number(text);
    if (text === "" || !Number.isSafeInteger(number)) throw invalid(field.name, "it is no whole number");
    return number;
  }
  if (field.type === "switch") {
    if (raw === true || text === "true") return true;
    if (raw === false || text === "false") return false;
    throw invalid(field.name, "it is neither true nor false");
  }
  if (field.choices !== undefined && !field.choices.includes(text))
    throw invalid(field.name, `it is none of ${field.choices.join(", ")}`);
  return text;
};
