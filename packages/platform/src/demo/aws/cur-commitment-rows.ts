import {
  type Day,
  type Decimal,
  decimal,
  multiply,
  negate,
  roundTo,
  subtract,
  sumDecimals,
  ZERO,
} from "@trimtab/domain";
import { REGION, RESERVATION, SAVINGS_PLAN } from "../data/securebase.ts";
import { seededHex } from "../random.ts";
import { eachDay, PLACES } from "../spread.ts";
import { type CurRow, type CurWindow, curRow } from "./cur-row.ts";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export function hourWindow(date: Day, hour: number): CurWindow {
  const text = (of: number) => `${String(of).padStart(2, "0")}:00:00Z`;
  const end = new Date(Date.parse(`${date}T${text(hour)}`) + 3_600_000).toISOString();
  return { start: `${date}T${text(hour)}`, end: `${end.slice(0, 19)}Z` };
}

/** Every hour: the fee, usage at its on-demand cost, and the negation of that cost. */
export function savingsPlanRows(from: Day, until: Day): CurRow[] {
  return eachDay(from, until).flatMap((date) =>
    HOURS.flatMap((hour) => savingsPlanHour(hourWindow(date, hour), hour)),
  );
}

function savingsPlanHour(window: CurWindow, hour: number): CurRow[] {
  const { arn, perHour, onDemandPerDollar, usedByNight, nightHours, resource } = SAVINGS_PLAN;
  const fee = decimal(perHour);
  const used = hour < nightHours ? multiply(fee, decimal(usedByNight)) : fee;
  const onDemand = roundTo(multiply(used, decimal(onDemandPerDollar)), PLACES, "half-even");
  const plan = {
    savings_plan_savings_plan_a_r_n: arn,
    savings_plan_offering_type: "ComputeSavingsPlans",
    savings_plan_payment_option: "No Upfront",
    savings_plan_purchase_term: "1yr",
    savings_plan_start_time: "2025-09-01T00:00:00.000Z",
    savings_plan_end_time: "2026-08-31T23:59:59.000Z",
  };
  const usage = {
    ...plan,
    line_item_resource_id: resource,
    line_item_usage_type: "Lambda-GB-Second",
    line_item_operation: "Invoke",
    product_region_code: REGION,
    product_product_family: "Serverless",
    resource_tags: { user_environment: "prod", user_team: "analytics", user_cost_center: "cc-41" },
  };
  return [
    curRow("SavingsPlanRecurringFee", "ComputeSavingsPlans", window, fee, {
      ...plan,
      line_item_line_item_description: "1 year No Upfront Compute Savings Plan",
      line_item_usage_type: "ComputeSP:1yrNoUpfront",
      line_item_usage_amount: decimal("1"),
      savings_plan_total_commitment_to_date: fee,
      savings_plan_used_commitment: used,
      savings_plan_recurring_commitment_for_billing_period: fee,
    }),
    curRow("SavingsPlanCoveredUsage", "AWSLambda", window, onDemand, {
      ...usage,
      line_item_line_item_description: "AWS Lambda - Total Compute - US East (Northern Virginia)",
      line_item_usage_amount: multiply(onDemand, decimal("59999.88")),
      pricing_public_on_demand_cost: onDemand,
      pricing_public_on_demand_rate: "0.0000166667",
      pricing_term: "OnDemand",
      pricing_unit: "Lambda-GB-Second",
      savings_plan_savings_plan_effective_cost: used,
    }),
    curRow("SavingsPlanNegation", "AWSLambda", window, negate(onDemand), {
      ...usage,
      line_item_line_item_description: "SavingsPlanNegation used by AccountId and UsageSku",
    }),
  ];
}

/** The month's fee, in full from its first day on, and the hours that it covered. */
export function reservationRows(from: Day, until: Day): CurRow[] {
  const { arn, fee, perHour, onDemandPerHour, unusedDay, resource } = RESERVATION;
  const reservation = {
    reservation_reservation_a_r_n: arn,
    reservation_number_of_reservations: "1",
    reservation_units_per_reservation: "744",
    reservation_subscription_id: seededHex(arn, 10),
    reservation_start_time: "2025-06-01T00:00:00.000Z",
    reservation_end_time: "2026-05-31T23:59:59.000Z",
    line_item_usage_type: "NodeUsage:cache.t4g.micro",
    line_item_operation: "CreateCacheCluster:0002",
    pricing_term: "Reserved",
    pricing_purchase_option: "No Upfront",
    pricing_lease_contract_length: "1yr",
    pricing_offering_class: "standard",
    pricing_unit: "Hrs",
    product_instance_type: "cache.t4g.micro",
    product_product_family: "Cache Instance",
    product_region_code: REGION,
  };
  const covered = eachDay(from, until)
    .filter((date) => date !== unusedDay)
    .flatMap((date) =>
      HOURS.map((hour) =>
        curRow("DiscountedUsage", "AmazonElastiCache", hourWindow(date, hour), ZERO, {
          ...reservation,
          line_item_line_item_description: "Redis, cache.t4g.micro reserved instance applied",
          line_item_resource_id: resource,
          line_item_usage_amount: decimal("1"),
          pricing_public_on_demand_cost: decimal(onDemandPerHour),
          pricing_public_on_demand_rate: onDemandPerHour,
          reservation_effective_cost: decimal(perHour),
          reservation_recurring_fee_for_usage: decimal(perHour),
          reservation_amortized_upfront_cost_for_usage: ZERO,
          resource_tags: { user_environment: "prod", user_team: "analytics" },
        }),
      ),
    );
  const usedCost: Decimal = sumDecimals(covered.map(() => decimal(perHour)));
  const unused = subtract(decimal(fee), usedCost);
  const month = { start: "2026-01-01T00:00:00Z", end: "2026-01-31T23:59:59Z" };
  return [
    ...covered,
    curRow("RIFee", "AmazonElastiCache", month, decimal(fee), {
      ...reservation,
      line_item_line_item_description: "USD 0.01 hourly fee per Redis, cache.t4g.micro instance",
      line_item_usage_amount: decimal("744"),
      reservation_total_reserved_units: "744",
      reservation_amortized_upfront_fee_for_billing_period: ZERO,
      reservation_unused_quantity: multiply(unused, decimal("100")),
      reservation_unused_recurring_fee: unused,
      reservation_unused_amortized_upfront_fee_for_billing_period: ZERO,
    }),
  ];
}
