import { escapeJson } from "../../reports/text/sanitise.ts";

/** The answer for a program. Amounts are decimal strings; nothing is rounded or cut. */
export function renderJson(value: unknown): string {
  return `${escapeJson(JSON.stringify(value, undefined, 2))}\n`;
}
