import type { SourceDefinition } from "../lake/source-definition.ts";
import { focusSource } from "./focus/focus-source.ts";

/** Every source there is, by id: one line a source. */
export const sources = {
  focus: focusSource,
} as const satisfies Record<string, SourceDefinition>;
