import { join } from "node:path";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { openLake } from "../../lake/lake.ts";
import { quoteText } from "../../sql/dialect.ts";
import { loadIntoLake } from "../../testing/cur-bill.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

type Tags = Readonly<Record<string, string>>;

/** A CUR 2.0 export of one row per map. */
const writeTags = async (all: readonly Tags[]): Promise<string> => {
  const path = join(tempFolder(), "cur2.parquet");
  const lake = await openLake({ root: tempFolder(), threads: 1 });
  onTestFinished(() => lake.close());
  const values = all.map((tags, index) => `('${index}', ${quoteText(JSON.stringify(tags))})`);
  const select = `
    SELECT '111111111111' AS bill_payer_account_id, TIMESTAMP '2026-03-01' AS bill_billing_period_start_date,
      '222222222222' AS line_item_usage_account_id, TIMESTAMP '2026-03-02' AS line_item_usage_start_date,
      TIMESTAMP '2026-03-03' AS line_item_usage_end_date, 'Usage' AS line_item_line_item_type,
      'USD' AS line_item_currency_code, 'AmazonRDS' AS line_item_product_code, CAST(1 AS DOUBLE) AS line_item_unblended_cost,
      id AS line_item_resource_id, CAST(CAST(tags AS JSON) AS MAP(VARCHAR, VARCHAR)) AS resource_tags
    FROM (VALUES ${values.join(", ")}) AS t(id, tags)`;
  await lake.run({ text: `COPY (${select}) TO '${path}' (FORMAT parquet)` });
  return path;
};

const bareKey = (key: string): string => key.replace(/^user_/, "").replace(/^aws_/, "aws:");

/** Keys without the prefix of their kind, unless two would meet. */
const expected = (tags: Tags): Tags => {
  const renamed = Object.entries(tags).map(([key, value]) => [bareKey(key), value] as const);
  return new Set(renamed.map(([key]) => key)).size === renamed.length ? Object.fromEntries(renamed) : tags;
};

const readTags = async (all: readonly Tags[]): Promise<readonly Tags[]> => {
  const { charges } = await loadIntoLake(await writeTags(all));
  const rows = await charges("ResourceId", "to_json(Tags)");
  return rows
    .toSorted((a, b) => Number(a.ResourceId) - Number(b.ResourceId))
    .map((row) => JSON.parse(String(row["to_json(Tags)"])) as Tags);
};

it("takes the prefixes off the keys of a nested map and nothing off its values, whatever they are", async () => {
  const piece = fc.constantFrom(
    "user_",
    "aws_",
    "aws:",
    "a",
    "b",
    '"',
    "\\",
    ",",
    ":",
    "{",
    "ü",
    "",
    '"user_',
  );
  const word = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(""));
  const key = fc.oneof(
    fc.tuple(fc.constantFrom("user_", "aws_"), word).map((parts) => parts.join("")),
    word,
  );
  const [maps = []] = fc.sample(
    fc.array(fc.dictionary(key, word, { maxKeys: 4 }), { minLength: 400, maxLength: 400 }),
    1,
  );
  expect(await readTags(maps)).toEqual(maps.map(expected));
});

it.each([
  ["of users", { user_team: "blue", user_app: "x" }, { team: "blue", app: "x" }],
  ["of both kinds", { user_team: "blue", aws_created_by: "me" }, { team: "blue", "aws:created_by": "me" }],
  ["that would meet", { user_team: "blue", team: "red" }, { user_team: "blue", team: "red" }],
  ["with a value like a key", { user_team: "user_x", b: "1" }, { team: "user_x", b: "1" }],
  ["with an escape like a key", { user_team: 'x"user_y', b: "1" }, { team: 'x"user_y', b: "1" }],
])("reads keys %s", async (_, tags, bare) => {
  expect(await readTags([tags as Tags])).toEqual([bare]);
});
