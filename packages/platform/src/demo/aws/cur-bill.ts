import {
  type Day,
  type Decimal,
  day,
  decimal,
  divide,
  isZero,
  multiply,
  roundTo,
  subtract,
} from "@trimtab/domain";
import {
  CREDIT,
  CUR_LINES,
  type CurLine,
  FIRST_DELIVERY_UNTIL,
  MONTH,
  PRODUCT_NAMES,
  REFUND,
  SERVICES,
  TAX,
} from "../data/securebase.ts";
import { seededRandom } from "../random.ts";
import { weightAt } from "../shape.ts";
import { eachDay, PLACES, spread, sumOf } from "../spread.ts";
import { hourWindow, reservationRows, savingsPlanRows } from "./cur-commitment-rows.ts";
import { type CurRow, type CurWindow, curRow, lineColumns } from "./cur-row.ts";

const FROM = day(MONTH.from);
const UNTIL = day(MONTH.until);

const costOf = (row: CurRow): Decimal => row.line_item_unblended_cost as Decimal;
const productOf = (row: CurRow): string => String(row.line_item_product_code);

/** The whole month: each product's rows but taxes sum to its target exactly; taxes come on top. */
export function curBill(): CurRow[] {
  const fixed = [...savingsPlanRows(FROM, UNTIL), ...reservationRows(FROM, UNTIL), creditRow(), refundRow()];
  const rows = SERVICES.flatMap(({ name, amount }) => {
    const own = fixed.filter((row) => productOf(row) === name);
    const slots = CUR_LINES.filter(({ productCode }) => productCode === name).flatMap(lineSlots);
    if (slots.length === 0) return own;
    const rest = subtract(decimal(amount), sumOf(own, costOf));
    return [
      ...own,
      ...spread(rest, slots).map(({ line, window, amount: cost }) => usageRow(line, window, cost)),
    ];
  });
  return [...rows, ...SERVICES.map(({ name, amount }) => taxRow(name, decimal(amount)))];
}

/** The month as it was delivered before it was over: without its taxes, which AWS adds when it closes the bill. */
export function curBillSoFar(rows: readonly CurRow[]): CurRow[] {
  const until = `${FIRST_DELIVERY_UNTIL}T00:00:00Z`;
  return rows
    .filter((row) => row.line_item_line_item_type !== "Tax")
    .filter(
      (row) => row.line_item_line_item_type === "RIFee" || String(row.line_item_usage_start_date) < until,
    );
}

function lineSlots(line: CurLine) {
  const random = seededRandom(`securebase/${line.key}`);
  const windows: { date: Day; hour: number | undefined; window: CurWindow }[] =
    line.grain === "hour"
      ? eachDay(FROM, UNTIL).flatMap((date) =>
          Array.from({ length: 24 }, (_, hour) => ({ date, hour, window: hourWindow(date, hour) })),
        )
      : eachDay(FROM, UNTIL).map((date) => ({ date, hour: undefined, window: dayWindow(date) }));
  return windows
    .map(({ date, hour, window }) => ({
      line,
      window,
      weight: weightAt(line.shape, line.weight, FROM, date, hour, random),
    }))
    .filter(({ weight }) => !isZero(weight));
}

function dayWindow(date: Day): CurWindow {
  return { start: `${date}T00:00:00Z`, end: hourWindow(date, 23).end };
}

function usageRow(line: CurLine, window: CurWindow, cost: Decimal): CurRow {
  const quantity = divide(cost, decimal(line.rate), PLACES);
  return curRow("Usage", line.productCode, window, cost, lineColumns(line, quantity, cost));
}

function creditRow(): CurRow {
  return curRow("Credit", CREDIT.productCode, dayWindow(day(CREDIT.day)), decimal(CREDIT.amount), {
    line_item_line_item_description: "AWS Activate credit",
    line_item_usage_type: "Aurora:ServerlessV2Usage",
    line_item_operation: "CreateDBInstance:0021",
  });
}

function refundRow(): CurRow {
  return curRow("Refund", REFUND.productCode, dayWindow(day(REFUND.day)), decimal(REFUND.amount), {
    line_item_line_item_description: "Service credit for elevated error rates",
    line_item_usage_type: "Lambda-GB-Second",
  });
}

function taxRow(productCode: string, net: Decimal): CurRow {
  const amount = roundTo(multiply(net, decimal(TAX.share)), 2, "half-even");
  const month = { start: `${MONTH.from}T00:00:00Z`, end: `${MONTH.until}T00:00:00Z` };
  return curRow("Tax", productCode, month, amount, {
    line_item_line_item_description: `${TAX.description} ${PRODUCT_NAMES[productCode] ?? productCode}`,
    line_item_tax_type: TAX.type,
    line_item_usage_amount: decimal("1"),
  });
}
