import { type CurrencyCode, currencyCode } from "@trimtab/domain";
import { cliErrors } from "./errors.ts";
import type { GlobalValues } from "./global-options.ts";

/** @throws CLI_TIME_ZONE_UNKNOWN, CURRENCY_INVALID */
export function checkedGlobals({ currency, timeZone }: GlobalValues): {
  readonly currency?: CurrencyCode;
  readonly timeZone: string;
} {
  return {
    timeZone: knownTimeZone(timeZone),
    ...(currency === undefined ? {} : { currency: currencyCode(currency.toUpperCase()) }),
  };
}

function knownTimeZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch (cause) {
    throw cliErrors.create("CLI_TIME_ZONE_UNKNOWN", { timeZone }, { cause });
  }
}
