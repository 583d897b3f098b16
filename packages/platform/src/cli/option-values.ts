import { cliErrors } from "./errors.ts";

/** The whole number that an option says. @throws CLI_NUMBER_INVALID */
export function wholeNumber(option: string, value: unknown, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value === "string" && /^\d{1,10}$/.test(value)) return Number(value);
  throw cliErrors.create("CLI_NUMBER_INVALID", { option, value: String(value) });
}
