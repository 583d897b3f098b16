import type { ResourceRef } from "@trimtab/domain";
import type { z } from "zod";
import type { Command } from "../action.ts";
import { actionErrors } from "../errors.ts";

/** What a tool printed, checked. @throws ACTION_STATE_UNREADABLE */
export function readJson<S extends z.ZodType>(
  tool: Command["tool"],
  output: string,
  schema: S,
  resource: ResourceRef,
): z.output<S> {
  const parsed = schema.safeParse(parseText(tool, output, resource));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unreadable(tool, resource, `${issue?.path.join(".") || "its whole"}: ${issue?.message ?? "?"}`);
}

/** The one entry of a list that a filter left; undefined: none. @throws ACTION_STATE_UNREADABLE where there are several */
export function only<T>(tool: Command["tool"], found: readonly T[], resource: ResourceRef): T | undefined {
  if (found.length > 1)
    throw unreadable(tool, resource, `there are ${found.length} of that name, and the zone is not known`);
  return found[0];
}

function parseText(tool: Command["tool"], output: string, resource: ResourceRef): unknown {
  try {
    return JSON.parse(output);
  } catch {
    throw unreadable(tool, resource, "it is no JSON");
  }
}

/** The error of a state that is not understood. */
export const unreadable = (tool: string, resource: ResourceRef, reason: string) =>
  actionErrors.create("ACTION_STATE_UNREADABLE", { tool, resource: resource.name, reason });
