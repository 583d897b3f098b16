import {
  type CurrencyCode,
  currencyCode,
  type Decimal,
  decimal,
  divide,
  isZero,
  type Known,
  known,
  multiply,
  sign,
  subtract,
  sumDecimals,
  unknown,
} from "@trimtab/domain";
import { type Board, tasksOf } from "../board.ts";
import { parseHours } from "../file/change-text.ts";
import { SCENARIOS, type Scenarios } from "../waterfall/effect.ts";

/** The programme's own money. */
export interface ProgrammeBudget {
  readonly currency: CurrencyCode;
  readonly items: readonly {
    readonly title: string;
    readonly allocated: Decimal;
    readonly spent: Decimal;
    readonly people?: number;
  }[];
  readonly allocated: Decimal;
  readonly spent: Decimal;
  readonly remaining: Decimal;
}

/** What the work costs, and when the saving has paid for it. */
export interface Returns {
  readonly investment: Known<{ readonly amount: Decimal; readonly from: string }>;
  /** Months until the saving has paid for the work; by low, likely and high saving. */
  readonly paybackMonths: Known<Scenarios>;
  /** (twelve months of the saving − investment) ÷ investment: 0.5 is 50 %. */
  readonly firstYear: Known<Scenarios>;
}

const RATIO_SCALE = 4;
const MONTHS = decimal("12");

/** Budgets by currency: amounts of two are never added. */
export function budgetsOf({ programme }: Board): readonly ProgrammeBudget[] {
  const open = programme.budget ?? [];
  const byCurrency = Map.groupBy(open, (item) => currencyCode(item.currency ?? programme.currency));
  return [...byCurrency].map(([currency, list]) => {
    const items = list.map(({ title, allocated, spent, people }) => ({
      title,
      allocated: decimal(allocated),
      spent: decimal(spent),
      ...(people === undefined ? {} : { people }),
    }));
    const allocated = sumDecimals(items.map((item) => item.allocated));
    const spent = sumDecimals(items.map((item) => item.spent));
    return { currency, items, allocated, spent, remaining: subtract(allocated, spent) };
  });
}

/** What a monthly saving returns on the work. */
export function returnsOf(board: Board, saving: Scenarios): Returns {
  const investment = investmentOf(board);
  if (investment.status === "unknown")
    return { investment, paybackMonths: investment, firstYear: investment };
  const { amount } = investment.value;
  const isSaving = SCENARIOS.every((scenario) => sign(saving[scenario]) > 0);
  const ratio = (over: Decimal, under: Decimal) => divide(over, under, RATIO_SCALE);
  const each = (of: (one: Decimal) => Decimal): Scenarios => ({
    low: of(saving.low),
    mid: of(saving.mid),
    high: of(saving.high),
  });
  return {
    investment,
    paybackMonths: isSaving
      ? known(each((one) => ratio(amount, one)))
      : unknown("there may be no saving, so it may never pay"),
    firstYear: known(each((one) => ratio(subtract(multiply(one, MONTHS), amount), amount))),
  };
}

/** The budget where there is one, else hours of work at the programme's rate. */
function investmentOf(board: Board): Returns["investment"] {
  const { programme } = board;
  const budgets = budgetsOf(board);
  const own = budgets.find(({ currency }) => currency === programme.currency);
  if (budgets.length > 1) return unknown("the budget is in several currencies");
  if (own !== undefined && !isZero(own.allocated))
    return known({ amount: own.allocated, from: "the programme's budget" });
  if (budgets.length > 0) return unknown(`the budget is not in ${programme.currency}`);
  if (programme.rate === undefined)
    return unknown("the programme has no budget, and no rate for an hour of work");
  const efforts = tasksOf(board).map(({ id, effort }) => ({
    id,
    hours: effort === undefined ? undefined : parseHours(effort),
  }));
  const open = efforts.filter(({ hours }) => hours === undefined).map(({ id }) => id);
  if (open.length > 0) return unknown(`no hours of work are said of ${open.join(", ")}`);
  const hours = sumDecimals(efforts.flatMap((task) => task.hours?.mid ?? []));
  if (isZero(hours)) return unknown("its tasks take no hours of work");
  const amount = multiply(hours, decimal(programme.rate));
  return known({ amount, from: `${hours} hours of work at ${programme.rate} ${programme.currency}` });
}
