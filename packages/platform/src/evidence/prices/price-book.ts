import {
  type CurrencyCode,
  type Known,
  known,
  multiply,
  PRICE_ITEMS,
  type PriceQuestion,
  type UnitPrice,
  unknown,
} from "@trimtab/domain";
import { type RatesTable, rateOn } from "../../query/rates.ts";
import { attributesText, canonicalAttributes, questionText } from "./attributes.ts";
import type { BillPrice, BillPrices, BillRefusal } from "./bill-prices.ts";
import type { ListPrice } from "./list-price.ts";
import { machineListPrice, machinePrice, machineShape } from "./published-prices.ts";

/** Answers what one unit costs; everything was read before, so that advisors can ask in a loop. */
export interface PriceBook {
  /** The user's own price where the bill has it, else a list price; unknown says what was looked for. Never zero. */
  price(question: PriceQuestion): Known<UnitPrice>;
  /** What a reader must know of the price besides, e.g. that it has changed. */
  notes(question: PriceQuestion): readonly string[];
}

export interface PriceBookParts {
  readonly bill: BillPrices;
  /** Which billing account pays for an account or project. */
  readonly billingAccounts: ReadonlyMap<string, string>;
  /** The user's lists first: of two with the same answer the earlier counts. */
  readonly lists: readonly ListPrice[];
  /** The currency to answer in; absent: the bill's, and a list's own where the bill has none of it. */
  readonly currency: CurrencyCode | undefined;
  /** Currencies of the lake's charges. */
  readonly billCurrencies: readonly CurrencyCode[];
  readonly rates: RatesTable | undefined;
  /** Day whose rates count. */
  readonly today: string;
}

interface Answer {
  readonly price: Known<UnitPrice>;
  readonly notes: readonly string[];
}

export const createPriceBook = (parts: PriceBookParts): PriceBook => {
  const index = indexOf(parts);
  const answers = new Map<string, Answer>();
  const answer = (asked: PriceQuestion): Answer => {
    const question = { ...asked, attributes: canonicalAttributes(asked.item, asked.attributes) };
    const key = JSON.stringify([
      question.item,
      question.attributes,
      question.scope.account,
      question.scope.region,
    ]);
    const found = answers.get(key) ?? find(index, question);
    answers.set(key, found);
    return found;
  };
  return { price: (question) => answer(question).price, notes: (question) => answer(question).notes };
};

interface Index extends PriceBookParts {
  readonly billed: ReadonlyMap<string, readonly BillPrice[]>;
  readonly refused: ReadonlyMap<string, readonly BillRefusal[]>;
  readonly listed: ReadonlyMap<string, readonly ListPrice[]>;
}

const keyOf = ({
  item,
  attributes,
}: {
  readonly item: string;
  readonly attributes: Readonly<Record<string, string>>;
}) => JSON.stringify([item, Object.entries(attributes)]);

const indexOf = (parts: PriceBookParts): Index => ({
  ...parts,
  billed: Map.groupBy(parts.bill.prices, keyOf),
  refused: Map.groupBy(parts.bill.refusals, keyOf),
  listed: Map.groupBy(parts.lists, keyOf),
});

const find = (index: Index, question: PriceQuestion): Answer => {
  const own: readonly string[] = PRICE_ITEMS[question.item].attributes;
  const missing = own.filter((name) => !question.attributes[name]);
  if (missing.length > 0) {
    return { price: unknown(`${question.item} was asked for without ${missing.join(", ")}`), notes: [] };
  }
  const billed = billAnswer(index, question);
  if (billed !== undefined) return billed;
  const list = listAnswer(index, question);
  if (list.price.status === "known") return list;
  const said = index.refused.get(keyOf(question))?.find((refusal) => isPlace(index, refusal, question));
  const refusal = said === undefined ? "" : `; in the bill ${said.reason}`;
  return { price: unknown(`${list.price.reason}${refusal}`), notes: [] };
};

const isPlace = (
  { billingAccounts }: Index,
  { region, billingAccount }: Pick<BillPrice, "region" | "billingAccount">,
  { scope }: PriceQuestion,
): boolean => {
  const payer = billingAccounts.get(scope.account);
  const pays = payer === undefined || billingAccount === null || payer === billingAccount;
  return pays && (region === null || region === scope.region);
};

/** Of the right billing account and region; a price that the bill gives without a region is the second choice. */
const placed = (index: Index, question: PriceQuestion, key: string): BillPrice | undefined => {
  const own = (index.billed.get(key) ?? []).filter((price) => isPlace(index, price, question));
  return own.find(({ region }) => region === question.scope.region) ?? own[0];
};

const billAnswer = (index: Index, question: PriceQuestion): Answer | undefined => {
  const direct = placed(index, question, keyOf(question));
  const found = direct ?? (question.item === "gcp.compute.instance" ? machineOf(index, question) : undefined);
  if (found === undefined) return undefined;
  const price: UnitPrice = {
    question,
    price: found.price,
    currency: found.currency,
    unit: PRICE_ITEMS[question.item].unit,
    origin: found.origin,
  };
  return { price: converted(index, price), notes: found.notes };
};

/** Google bills vCPUs and memory, so a machine of any size has the bill's price once its family is used. */
const machineOf = (index: Index, question: PriceQuestion): BillPrice | undefined => {
  const { machineType = "", spot = "" } = question.attributes;
  const shape = machineShape(machineType);
  if (shape === undefined) return undefined;
  const attributes = { family: shape.family, spot };
  const core = placed(index, question, keyOf({ item: "gcp.compute.core", attributes }));
  const ram = placed(index, question, keyOf({ item: "gcp.compute.ram", attributes }));
  if (core === undefined || ram === undefined || core.currency !== ram.currency) return undefined;
  const start =
    core.origin.period.start < ram.origin.period.start ? core.origin.period.start : ram.origin.period.start;
  const end = core.origin.period.end > ram.origin.period.end ? core.origin.period.end : ram.origin.period.end;
  return {
    ...core,
    price: machinePrice(shape, core.price, ram.price),
    origin: {
      kind: "bill",
      basis: core.origin.basis === ram.origin.basis ? core.origin.basis : "effective",
      skuIds: [...core.origin.skuIds, ...ram.origin.skuIds],
      period: { start, end },
      rows: core.origin.rows + ram.origin.rows,
    },
    notes: [...new Set([...core.notes, ...ram.notes])],
  };
};

const listAnswer = (index: Index, question: PriceQuestion): Answer => {
  const { region } = question.scope;
  const listed = (index.listed.get(keyOf(question)) ?? []).filter(
    (each) => each.region === region || each.region === "*",
  );
  const machine =
    question.item === "gcp.compute.instance" && question.attributes.spot === "no"
      ? machineListPrice(question.attributes.machineType ?? "", region)
      : undefined;
  const candidates = machine === undefined ? listed : [...listed, machine];
  const reasons: string[] = [];
  for (const found of candidates) {
    const price: UnitPrice = {
      question,
      price: found.price,
      currency: found.currency,
      unit: PRICE_ITEMS[question.item].unit,
      origin: { kind: "list", source: found.source, date: found.date },
    };
    const answer = converted(index, price);
    if (answer.status === "known") return { price: answer, notes: [] };
    reasons.push(answer.reason);
  }
  const reason =
    reasons[0] ??
    `no price of ${questionText(question)}: neither on-demand usage of it in the bill nor a list price`;
  return { price: unknown(reason), notes: [] };
};

/** In the currency that is asked for, else in that of the bill where it has one. Converted only by the user's own rates. */
const converted = (index: Index, price: UnitPrice): Known<UnitPrice> => {
  const [only, ...more] = index.billCurrencies;
  const target =
    index.currency ??
    (price.origin.kind === "list" && only !== undefined && more.length === 0 ? only : price.currency);
  if (target === price.currency) return known(price);
  const rate =
    index.rates === undefined ? undefined : rateOn(index.rates, price.currency, target, index.today);
  if (rate === undefined) {
    const what = `${price.question.item}${attributesText(price.question.attributes) === "" ? "" : ` (${attributesText(price.question.attributes)})`}`;
    return unknown(
      `the price of ${what} is known in ${price.currency} only, and no rate from ${price.currency} to ${target} was given`,
    );
  }
  return known({ ...price, price: multiply(price.price, rate.rate), currency: target });
};
