import type { CommandInput, CommandResult, OptionSpec } from "../command.ts";
import type { Document } from "../output/document.ts";
import { renderJson } from "../output/json.ts";
import { renderMarkdown } from "../output/markdown.ts";

export const REPORT_FORMAT_OPTION: OptionSpec = {
  name: "format",
  value: "FORMAT",
  choices: ["text", "md", "json"],
  default: "text",
  description: "for a terminal, as Markdown that reads well on a phone, or as JSON",
};

/** A report in the form that was asked for. */
export function reportAs({ options }: CommandInput, document: Document, json: unknown): CommandResult {
  if (options.format === "md") return { document, json, raw: renderMarkdown(document) };
  if (options.format === "json") return { document, json, raw: renderJson(json) };
  return { document, json };
}
