import type { Json, PlanBody, PlanStep } from "@trimtab/domain";
import { commandText } from "../commands/command-runner.ts";

/** The commands of a plan for a person who reads them or types them; the engine itself runs no shell. */
export const shellText = ({ steps, notes }: PlanBody): string => {
  const comment = (text: string) => text.split(/\r?\n/).map((line) => `# ${line}`);
  const part = ({ id, title, apply, rollback, reversibility, after }: PlanStep) => [
    ...comment(`${id}: ${title}`),
    ...apply.map(commandText),
    ...comment(`then wait until ${JSON.stringify(after)}`),
    ...comment(reversibility === "irreversible" ? "there is no way back" : "the way back:"),
    ...rollback.flatMap((command) => comment(commandText(command))),
    "",
  ];
  return ["#!/bin/sh", "set -eu", ...notes.flatMap(comment), "", ...steps.flatMap(part)].join("\n");
};

/** The same changes in Terraform's words: attributes to put into the blocks that describe these resources. */
export const terraformText = ({ changes }: PlanBody): string => {
  const blocks = changes.map(({ title, action, resource, terraform }) => {
    const about = `# ${oneLine(title)}`;
    if (terraform === undefined)
      return `${about}\n# ${action} of ${oneLine(resource.name)} has no form in Terraform`;
    const name = resource.name.replace(/[^A-Za-z0-9_-]/g, "_").replace(/^(?=[^A-Za-z_])/, "_");
    const body = Object.entries(terraform.attributes).flatMap(([key, value]) => attribute(key, value, 1));
    return [about, `resource ${text(terraform.type)} ${text(name)} {`, ...body, "}"].join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
};

const oneLine = (words: string): string => words.replace(/\s+/g, " ");

/** Objects are nested blocks here, and `limits`, `labels`, `tags` are maps: that is how the providers' schemas have them. */
const MAPS = new Set(["limits", "labels", "tags"]);

const attribute = (key: string, value: Json, depth: number): readonly string[] => {
  const indent = "  ".repeat(depth);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [`${indent}${key} = ${expression(value)}`];
  const inner = Object.entries(value).flatMap(([name, part]) => attribute(name, part as Json, depth + 1));
  return [`${indent}${key} ${MAPS.has(key) ? "= " : ""}{`, ...inner, `${indent}}`];
};

const expression = (value: Json): string => {
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return `[${value.map(expression).join(", ")}]`;
  return JSON.stringify(value);
};

/** A string of HCL: as JSON, without its templates. @see https://developer.hashicorp.com/terraform/language/expressions/strings, 2026-06 */
const text = (value: string): string =>
  JSON.stringify(value).replace(/[$%]\{/g, (opening) => `${opening[0]}${opening}`);
