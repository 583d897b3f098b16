import {
  type CurrencyCode,
  currencyCode,
  type Day,
  type Decimal,
  day,
  sign,
  tryDecimal,
} from "@trimtab/domain";
import { queryErrors } from "./errors.ts";

/** One unit of `from` is worth `rate` of `to`, from `date` until the next date of the pair. */
export interface Rate {
  readonly date: Day;
  readonly from: CurrencyCode;
  readonly to: CurrencyCode;
  readonly rate: Decimal;
}

export interface RatesTable {
  readonly file: string;
  /** Sorted by date. */
  readonly rates: readonly Rate[];
}

/**
 * Reads a rates file: CSV with the header `date,from,to,rate`. Rates are used as written and never inverted.
 * @throws RATES_INVALID naming the line
 */
export const parseRates = (text: string, file: string): RatesTable => {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  if (lines[0]?.replace(/\s/g, "").toLowerCase() !== "date,from,to,rate") {
    throw queryErrors.create("RATES_INVALID", {
      file,
      line: 1,
      problem: "the header is not date,from,to,rate",
    });
  }
  const seen = new Set<string>();
  const rates: Rate[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === "" || line.startsWith("#")) continue;
    const rate = parseLine(line, file, index + 1);
    const key = `${rate.date} ${rate.from} ${rate.to}`;
    if (seen.has(key)) {
      throw queryErrors.create("RATES_INVALID", {
        file,
        line: index + 1,
        problem: `a second rate for ${key}`,
      });
    }
    seen.add(key);
    rates.push(rate);
  }
  return { file, rates: rates.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)) };
};

const parseLine = (line: string, file: string, at: number): Rate => {
  const cells = line.split(",").map((cell) => cell.trim());
  const [date = "", from = "", to = "", rate = ""] = cells;
  const value = tryDecimal(rate);
  if (cells.length !== 4 || value === undefined || sign(value) <= 0) {
    throw queryErrors.create("RATES_INVALID", {
      file,
      line: at,
      problem:
        cells.length === 4 ? `${rate.slice(0, 40)} is not a rate above zero` : "it has not four fields",
    });
  }
  try {
    return { date: day(date), from: currencyCode(from), to: currencyCode(to), rate: value };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw queryErrors.create("RATES_INVALID", { file, line: at, problem }, { cause: error });
  }
};

/** The rate in force on a day: the newest of the pair on or before it. */
export const rateOn = ({ rates }: RatesTable, from: string, to: string, on: string): Rate | undefined =>
  rates.findLast((rate) => rate.from === from && rate.to === to && rate.date <= on);

/** The days on which any rate into `to` begins. */
export const rateDays = ({ rates }: RatesTable, to: string): readonly Day[] => [
  ...new Set(rates.filter((rate) => rate.to === to).map(({ date }) => date)),
];
