import { PRICE_ITEMS } from "@trimtab/domain";
import { defineCommand } from "../command.ts";
import { engineOf } from "../engine-option.ts";
import { QUERY_OPTIONS, queryContext } from "../query-context.ts";

export const pricesCommand = defineCommand({
  name: "prices",
  summary: "what one unit costs you, and where that is known from",
  group: "advise",
  details: [
    "Your own price by the bill comes first, of the newest complete month with on-demand usage; then your own lists (`trimtab prices load`), then published ones. A price that is not known is listed with what was looked for: advice that needs it abstains.",
    "Credits, free tiers and what commitments cover tell no price: what a change saves is the next unit on demand.",
  ],
  args: [
    {
      name: "item",
      description: `only items whose name has this, of ${Object.keys(PRICE_ITEMS).slice(0, 3).join(", ")}…`,
    },
  ],
  options: [{ name: "region", value: "REGION", description: "only this region" }, ...QUERY_OPTIONS],
  examples: [
    { run: "trimtab prices", does: "every price that your bill tells, and what advisors ask for besides" },
    { run: "trimtab prices gcp.run --region us-central1", does: "Cloud Run in one region" },
    { run: "trimtab prices load negotiated.csv", does: "prices of your own contract" },
  ],
  async run(context, input) {
    const { args, options } = input;
    const { openPriceBook } = await import("../../evidence/prices/open-price-book.ts");
    const { openPriceListStore } = await import("../../evidence/prices/price-list-store.ts");
    const { pricesDocument } = await import("../views/prices.ts");
    const storage = await context.services.openStorage();
    const own = await openPriceListStore(storage)
      .read()
      .finally(() => storage.close());
    const engine = await context.services.openEngine(engineOf(input));
    const book = await openPriceBook(engine, await queryContext(context, input), own);
    const listed = own.map(({ item, attributes, region }) => ({
      item,
      attributes,
      scope: { provider: item.startsWith("gcp.") ? ("gcp" as const) : ("aws" as const), account: "", region },
    }));
    const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
    const asked = [
      ...book.likely,
      ...listed.filter(
        (each) =>
          each.scope.region !== "*" &&
          !book.likely.some(({ item, attributes, scope }) =>
            isSame([item, attributes, scope.region], [each.item, each.attributes, each.scope.region]),
          ),
      ),
    ].filter(
      ({ item, scope }) =>
        (typeof args.item !== "string" || item.includes(args.item)) &&
        (typeof options.region !== "string" || scope.region === options.region),
    );
    const answers = asked.map((question) => ({
      question,
      price: book.price(question),
      notes: book.notes(question),
    }));
    return {
      document: pricesDocument(answers),
      json: answers.map(({ question, price, notes }) => ({ ...question, ...price, notes })),
    };
  },
});
