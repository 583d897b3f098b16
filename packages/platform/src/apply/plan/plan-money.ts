import {
  add,
  type Decimal,
  decimal,
  divide,
  formatDecimal,
  HOURS_PER_MONTH,
  type Money,
  type MoneyEstimate,
  multiply,
  type PlanAmount,
  type PlanEstimate,
  type PlanStep,
  ZERO,
} from "@trimtab/domain";
import type { RecommendationInput } from "./recommendation-input.ts";

/** Sums by currency, in the order in which currencies come. */
export const sumMoney = (amounts: readonly Money[]): readonly PlanAmount[] => {
  const sums = new Map<string, Decimal>();
  for (const { currency, amount } of amounts) sums.set(currency, add(sums.get(currency) ?? ZERO, amount));
  return [...sums].map(([currency, sum]) => ({ currency, amount: formatDecimal(sum) }));
};

export const sumEstimates = (estimates: readonly MoneyEstimate[]): readonly PlanEstimate[] => {
  const sums = (part: "low" | "mid" | "high") =>
    sumMoney(estimates.map((estimate) => ({ currency: estimate.currency, amount: estimate[part] })));
  const [low, mid, high] = [sums("low"), sums("mid"), sums("high")];
  return mid.map(({ currency, amount }, index) => ({
    currency,
    low: low[index]?.amount ?? amount,
    mid: amount,
    high: high[index]?.amount ?? amount,
  }));
};

/** Money as a plan has it, whose digest is over JSON. */
export const planAmount = ({ currency, amount }: Money): PlanAmount => ({
  currency,
  amount: formatDecimal(amount),
});

export const planEstimate = ({ currency, low, mid, high }: MoneyEstimate): PlanEstimate => ({
  currency,
  low: formatDecimal(low),
  mid: formatDecimal(mid),
  high: formatDecimal(high),
});

/**
 * What running old and new side by side costs at most, once: for as long as the stages of its canary are watched and
 * settle, a resource is paid twice. Traffic is shared out between the two, so it is mostly far less.
 */
export const overlapOf = (
  changes: readonly RecommendationInput[],
  steps: readonly PlanStep[],
): readonly PlanAmount[] =>
  sumMoney(
    changes.flatMap(({ id, costNow }) => {
      const seconds = steps
        .filter(({ recommendation, canary }) => recommendation === id && canary !== undefined)
        .reduce((sum, { watchSeconds, settleSeconds }) => sum + watchSeconds + settleSeconds, 0);
      if (seconds === 0) return [];
      const hours = divide(decimal(String(seconds)), decimal("3600"), 12);
      const monthly = multiply(costNow.amount, hours);
      const amount = divide(monthly, decimal(HOURS_PER_MONTH), 6);
      return [{ currency: costNow.currency, amount }];
    }),
  );
