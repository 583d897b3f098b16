import { type Decimal, tryDecimal } from "@trimtab/domain";
import { cliErrors } from "./errors.ts";

/** The whole number that an option says. @throws CLI_NUMBER_INVALID */
export function wholeNumber(option: string, value: unknown, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value === "string" && /^\d{1,10}$/.test(value)) return Number(value);
  throw cliErrors.create("CLI_NUMBER_INVALID", { option, value: String(value) });
}

/** The amount of zero or more that an option says. @throws CLI_AMOUNT_INVALID */
export function amountOption(option: string, value: unknown): Decimal {
  const amount = typeof value === "string" ? tryDecimal(value) : undefined;
  if (amount !== undefined && !String(amount).startsWith("-")) return amount;
  throw cliErrors.create("CLI_AMOUNT_INVALID", { option, value: String(value) });
}
