import { type Decimal, decimal, divide, formatDecimal, type Instant, multiply } from "@trimtab/domain";
import { seededHex } from "../random.ts";
import { PLACES } from "../spread.ts";
import type { GcpCharge, GcpCredit } from "./gcp-charge.ts";
import { GCP_SERVICE_IDS, type GcpAccount, type GcpLine, type GcpProject } from "./gcp-line.ts";
import { invoiceMonthOf } from "./pacific-time.ts";

/** The consumption model of usage at its default price. */
const DEFAULT_MODEL = { id: "7754-699E-0EBF", description: "Default" };

const COUNTRIES: Readonly<Record<string, string>> = {
  us: "US",
  "us-": "US",
  "europe-west1": "BE",
  "asia-northeast1": "JP",
};

/** What does not change from row to row of one line, as JSON text. */
type Frame = { readonly before: string; readonly after: string };

/**
 * Writes charges as lines of the detailed usage cost export, as `bq extract` does: amounts that the table holds as FLOAT
 * are numbers, prices (NUMERIC) are texts, keys without a value inside records are left out.
 * @see https://cloud.google.com/billing/docs/how-to/export-data-bigquery-tables/detailed-usage (read 2026-11-21)
 */
export function createGcpRowWriter(account: GcpAccount): (charge: GcpCharge) => string {
  const frames = new Map<string, Frame>();
  return (charge) => {
    const key = frameKey(charge);
    const known = frames.get(key);
    const frame = known ?? frameOf(account, charge);
    if (known === undefined) frames.set(key, frame);
    return `{${frame.before},${timesAndAmounts(charge)},${frame.after}}`;
  };
}

function frameKey({ of, date }: GcpCharge): string {
  if (of.kind === "adjustment") return `adjustment/${of.adjustment.id}`;
  if (of.kind !== "fee") return of.line.key;
  return `fee/${of.commitment.subscriptionId}/${date < of.commitment.consumptionModelFrom}`;
}

function frameOf(account: GcpAccount, charge: GcpCharge): Frame {
  const facts = factsOf(charge);
  const project = account.projects.find(({ id }) => id === facts.project);
  const before = {
    billing_account_id: account.billingAccount,
    service: { id: GCP_SERVICE_IDS[facts.service], description: facts.service },
    sku: { id: catalogueId(facts.sku), description: facts.sku },
    project: project === undefined ? {} : projectRecord(account, project),
    labels: pairs(facts.labels),
    system_labels: pairs(facts.systemLabels),
    location: facts.location,
    tags: environmentTags(account, facts.labels),
    transaction_type: "GOOGLE",
    seller_name: "Google",
    currency: "USD",
    currency_conversion_rate: 1,
  };
  const after = { resource: facts.resource };
  return { before: JSON.stringify(before).slice(1, -1), after: JSON.stringify(after).slice(1, -1) };
}

function factsOf({ of, date }: GcpCharge) {
  if (of.kind === "adjustment") {
    const { service, sku, project } = of.adjustment;
    return { service, sku, project, labels: {}, systemLabels: {}, location: {}, resource: {} };
  }
  if (of.kind === "fee") {
    const { service, product, project, location, consumptionModel } = of.commitment;
    const isLegacy = date < of.commitment.consumptionModelFrom;
    const sku = isLegacy
      ? `Commitment - dollar based v1: ${product} in ${location} for 1 year`
      : `${consumptionModel.description} in ${location}`;
    return { service, sku, project, labels: {}, systemLabels: {}, location: place(location), resource: {} };
  }
  const { line } = of;
  const resource =
    line.resource === undefined ? {} : { name: line.resource.name, global_name: line.resource.globalName };
  const location = place(line.location, line.zone);
  return { ...line, systemLabels: line.systemLabels ?? {}, location, resource };
}

function timesAndAmounts(charge: GcpCharge): string {
  const { of, start, end, cost, credits, exportTime } = charge;
  const parts = [
    `"usage_start_time":"${timeText(start)}"`,
    `"usage_end_time":"${timeText(end)}"`,
    `"export_time":"${timeText(exportTime)}"`,
    `"cost":${cost}`,
    `"credits":[${credits.map(creditText).join(",")}]`,
    `"invoice":{"month":"${invoiceMonthOf(start).replace("-", "")}","publisher_type":"GOOGLE"}`,
    `"cost_type":"${of.kind === "adjustment" ? "adjustment" : "regular"}"`,
    usageAndPrice(charge),
  ];
  return parts.join(",");
}

function usageAndPrice(charge: GcpCharge): string {
  const { of, cost } = charge;
  if (of.kind === "adjustment") {
    const { id, description } = of.adjustment;
    const info = JSON.stringify({ id, description, mode: "MANUAL_ADJUSTMENT", type: "GOODWILL" });
    return `"usage":{"amount":0,"amount_in_pricing_units":0},"price":{},"adjustment_info":${info},"subscription":{},"consumption_model":{},"cost_at_list":${cost}`;
  }
  if (of.kind === "fee") {
    const unit = `"unit":"seconds","amount_in_pricing_units":24,"pricing_unit":"hour"`;
    const hourly = divide(decimal(of.commitment.feePerDay), decimal("24"), PLACES);
    return `"usage":{"amount":86400,${unit}},${prices(hourly, hourly, "hour", cost, cost)},"adjustment_info":{},"subscription":{"instance_id":"${of.commitment.subscriptionId}"},"consumption_model":${JSON.stringify(DEFAULT_MODEL)}`;
  }
  const list = decimal(of.line.price);
  const atList = of.kind === "covered" ? of.atList : cost;
  const isCovered = of.kind === "covered";
  const effective = isCovered ? divide(multiply(list, cost), atList, 9) : list;
  const model = isCovered ? of.commitment.consumptionModel : DEFAULT_MODEL;
  const subscription = isCovered ? `{"instance_id":"${of.commitment.subscriptionId}"}` : "{}";
  return `${usageText(of.line, divide(atList, list, PLACES))},${prices(list, effective, of.line.pricingUnit, atList, cost)},"adjustment_info":{},"subscription":${subscription},"consumption_model":${JSON.stringify(model)}`;
}

function usageText(line: GcpLine, amount: Decimal): string {
  const inUnits = multiply(amount, decimal(line.unitsPerPricingUnit));
  return `"usage":{"amount":${inUnits},"unit":"${line.unit}","amount_in_pricing_units":${amount},"pricing_unit":"${line.pricingUnit}"}`;
}

/** Without a contract, list and default price are the same; a consumption model has its own. */
function prices(list: Decimal, effective: Decimal, unit: string, atList: Decimal, cost: Decimal): string {
  return (
    `"price":{"effective_price":"${effective}","tier_start_amount":"0","unit":"${unit}","pricing_unit_quantity":"1",` +
    `"list_price":"${list}","effective_price_default":"${list}","list_price_consumption_model":"${effective}"},` +
    `"cost_at_list":${atList},"cost_at_effective_price_default":${atList},"cost_at_list_consumption_model":${cost}`
  );
}

const creditText = ({ type, name, fullName, id, amount }: GcpCredit): string =>
  `{"name":${JSON.stringify(name)},"amount":${formatDecimal(amount)},"full_name":${JSON.stringify(fullName)},"id":${JSON.stringify(id)},"type":"${type}"}`;

/** As BigQuery prints a TIMESTAMP. */
const timeText = (moment: Instant): string => `${moment.slice(0, 10)} ${moment.slice(11, -1)} UTC`;

function projectRecord(account: GcpAccount, { id, number, name, labels }: GcpProject) {
  const { organisation } = account;
  return {
    id,
    number,
    name,
    labels: pairs(labels),
    ancestry_numbers: `/${organisation.id}/`,
    ancestors: [
      { resource_name: `projects/${number}`, display_name: name },
      { resource_name: `organizations/${organisation.id}`, display_name: organisation.name },
    ],
  };
}

const pairs = (record: Readonly<Record<string, string>>) =>
  Object.entries(record).map(([key, value]) => ({ key, value }));

/** Tags are set on projects and inherited; here they repeat the environment that the resource's label names. */
function environmentTags(account: GcpAccount, labels: Readonly<Record<string, string>>) {
  if (labels.env === undefined) return [];
  return [{ key: "environment", value: labels.env, inherited: true, namespace: account.organisation.id }];
}

function place(location: string, zone?: string) {
  const country = COUNTRIES[location] ?? COUNTRIES[location.slice(0, 3)];
  const isRegion = location.includes("-");
  return {
    location: zone ?? location,
    ...(country === undefined ? {} : { country }),
    ...(isRegion ? { region: location } : {}),
    ...(zone === undefined ? {} : { zone }),
  };
}

/** An id in the catalogue's form; the demo's SKUs are its own. */
function catalogueId(sku: string): string {
  const digits = seededHex(`sku/${sku}`, 12).toUpperCase();
  return `${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8)}`;
}
