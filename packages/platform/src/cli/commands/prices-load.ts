import { resolve } from "node:path";
import { defineCommand } from "../command.ts";
import { readOptionFile } from "../query-context.ts";

export const pricesLoadCommand = defineCommand({
  name: "prices load",
  summary: "load price lists of your own, or AWS's offer files",
  group: "advise",
  details: [
    "CSV has the columns item, attributes (`billing=request; engine=POSTGRES`), region (`*`: every one), price, currency, date and source; JSON is an array of objects with the same names, attributes as an object. A price of the same item, attributes, region and currency is replaced. The bill's own prices still come first.",
    "AWS publishes its prices as offer files: of those for AmazonEC2, AmazonRDS, AWSELB and AmazonVPC the on-demand prices of known items are taken; the file of one region is enough.",
  ],
  args: [{ name: "files", description: "CSV or JSON files", required: true, variadic: true }],
  options: [{ name: "replace", description: "forget the lists that were loaded before" }],
  examples: [
    { run: "trimtab prices load negotiated.csv", does: "one list or more" },
    { run: "trimtab prices load ec2-eu-west-1.json", does: "an offer file of AWS" },
  ],
  async run({ services, cwd }, { args, options }) {
    const { parsePriceList } = await import("../../evidence/prices/parse-price-list.ts");
    const { openPriceListStore } = await import("../../evidence/prices/price-list-store.ts");
    const files = Array.isArray(args.files) ? args.files : [];
    const lists = [];
    for (const file of files) {
      const content = await readOptionFile("<files>", resolve(cwd, file));
      lists.push({ file, prices: parsePriceList(content, file) });
    }
    const storage = await services.openStorage();
    try {
      const store = openPriceListStore(storage);
      const prices = lists.flatMap((list) => list.prices);
      if (options.replace === true) await store.replace(prices);
      else await store.add(prices);
    } finally {
      storage.close();
    }
    const loaded = lists.map(({ file, prices }) => ({ file, prices: prices.length }));
    return {
      document: {
        title: "Price lists loaded",
        blocks: [
          {
            kind: "table",
            id: "lists",
            columns: [
              { name: "File", kind: "text" },
              { name: "Prices", kind: "number" },
            ],
            rows: loaded.map(({ file, prices }) => [file, String(prices)]),
          },
          { kind: "text", text: "Next: `trimtab prices` shows which of them count.", tone: "muted" },
        ],
      },
      json: loaded,
    };
  },
});
