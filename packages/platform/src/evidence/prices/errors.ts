import { defineErrors } from "@trimtab/domain";

export const priceErrors = defineErrors({
  PRICE_LIST_INVALID: {
    message: "{file}, {place}: {problem}",
    hint: "A price list is CSV or JSON with item, attributes, region, price, currency, date and source, or AWS's offer file; docs/guides/prices.md has examples. Nothing of the file was loaded.",
    exitCode: 2,
  },
  PRICE_LIST_BUSY: {
    message: "The price list was changed by others {attempts} times while this list was being written",
    hint: "Try again when the other loads have ended.",
    exitCode: 1,
  },
  PRICE_LIST_BROKEN: {
    message: "{file} is not a price list of this program: {reason}",
    hint: "Restore the file from a backup of the lake, or remove it and load your lists again.",
    exitCode: 1,
  },
});
