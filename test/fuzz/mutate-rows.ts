import type { RowReader } from "../../packages/platform/src/testing/source-fixtures.ts";
import { type CsvTable, formatTable, parseTable } from "./csv-table.ts";
import { AMOUNTS, NAMES, TEXTS } from "./hostile-values.ts";
import type { Random } from "./random.ts";

type RowMutation = (records: CsvTable, random: Random, reader: RowReader) => void;

const dataRow = (records: CsvTable, random: Random): string[] =>
  records[1 + random.below(Math.max(1, records.length - 1))] ?? [];

const costColumn = ([header = []]: CsvTable, { cost }: RowReader): number =>
  Math.max(
    0,
    header.findIndex((name) => cost.includes(name)),
  );

const CSV_MUTATIONS: Readonly<Record<string, RowMutation>> = {
  "other amount": (records, random, reader) => {
    dataRow(records, random)[costColumn(records, reader)] = random.pick(AMOUNTS);
  },
  "other amounts": (records, random, reader) => {
    for (const row of records.slice(1)) row[costColumn(records, reader)] = random.pick(AMOUNTS);
  },
  "other text": (records, random) => {
    const row = dataRow(records, random);
    row[random.below(row.length)] = random.pick(TEXTS);
  },
  "amount in another column": (records, random) => {
    const row = dataRow(records, random);
    row[random.below(row.length)] = random.pick(AMOUNTS);
  },
  "field too many": (records, random) => {
    dataRow(records, random).push(random.pick(TEXTS));
  },
  "field too few": (records, random) => {
    dataRow(records, random).pop();
  },
  "row lost": (records, random) => {
    records.splice(1 + random.below(records.length), 1);
  },
  "row twice": (records, random) => {
    records.push([...dataRow(records, random)]);
  },
  "all rows lost": (records) => {
    records.splice(1);
  },
  "header again": (records, random) => {
    records.splice(1 + random.below(records.length), 0, [...(records[0] ?? [])]);
  },
  "empty row": (records, random) => {
    records.splice(random.below(records.length + 1), 0, [""]);
  },
  "other name": ([header = []], random) => {
    header[random.below(header.length)] = random.pick(NAMES);
  },
  "name twice": ([header = []], random) => {
    header[random.below(header.length)] = random.pick(header);
  },
  "new column": (records, random) => {
    const name = random.pick(NAMES);
    for (const [index, row] of records.entries())
      row.push(index === 0 ? name : random.pick(TEXTS.slice(0, 20)));
  },
  "column lost": (records, random) => {
    const index = random.below(records[0]?.length ?? 1);
    for (const row of records) row.splice(index, 1);
  },
  "schema changes below": (records, random) => {
    const from = 1 + random.below(records.length);
    const isShorter = random.chance(0.5);
    for (const row of records.slice(from)) {
      if (isShorter) row.splice(random.below(row.length), 1);
      else row.reverse();
    }
    if (random.chance(0.5)) records.splice(from, 0, [...(records[0] ?? [])].reverse());
  },
};

type Json = Record<string, unknown>;
type JsonMutation = (objects: Json[], random: Random, reader: RowReader) => void;

/** Numbers that JSON can write stand as numbers now and then; everything stands as a string. */
const jsonAmount = (random: Random): unknown => {
  const text = random.pick(AMOUNTS);
  const number = Number(text);
  return random.chance(0.5) && text !== "" && Number.isFinite(number) ? number : text;
};

const OTHER_TYPES: readonly unknown[] = [null, true, [], {}, [1], { v: 1 }, "", 0];

const JSON_MUTATIONS: Readonly<Record<string, JsonMutation>> = {
  "other amount": (objects, random) => {
    random.pick(objects).cost = jsonAmount(random);
  },
  "other amounts": (objects, random) => {
    for (const object of objects) object.cost = jsonAmount(random);
  },
  "other credit": (objects, random) => {
    random.pick(objects).credits = random.chance(0.3)
      ? random.pick(OTHER_TYPES)
      : [
          {
            name: random.pick(TEXTS),
            amount: jsonAmount(random),
            type: random.pick(["PROMOTION", "DISCOUNT", ""]),
          },
        ];
  },
  "other text": (objects, random) => {
    const object = random.pick(objects);
    object[random.pick(Object.keys(object))] = random.pick(TEXTS);
  },
  "other type": (objects, random) => {
    const object = random.pick(objects);
    object[random.pick(Object.keys(object))] = random.pick(OTHER_TYPES);
  },
  "key lost": (objects, random) => {
    const object = random.pick(objects);
    delete object[random.pick(Object.keys(object))];
  },
  "key lost below": (objects, random) => {
    const key = random.pick(Object.keys(objects[0] ?? {}));
    for (const object of objects.slice(random.below(objects.length))) delete object[key];
  },
  "new key": (objects, random) => {
    random.pick(objects)[random.pick(NAMES)] = random.pick(TEXTS);
  },
  "labels of any kind": (objects, random) => {
    random.pick(objects).labels = [{ key: random.pick(TEXTS), value: random.pick(TEXTS) }];
  },
  "row lost": (objects, random) => {
    objects.splice(random.below(objects.length), 1);
  },
  "row twice": (objects, random) => {
    objects.push({ ...random.pick(objects) });
  },
};

/** Up to two changes of whole fields, rows or columns; the text is well-formed afterwards. */
export const mutateRows = (
  content: string,
  reader: RowReader,
  random: Random,
): { readonly text: string; readonly steps: readonly string[] } => {
  const steps: string[] = [];
  const times = random.below(3);
  if (reader.format === "ndjson") {
    const objects = content
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Json);
    for (let time = 0; time < times && objects.length > 0; time++) {
      const name = random.pick(Object.keys(JSON_MUTATIONS));
      JSON_MUTATIONS[name]?.(objects, random, reader);
      steps.push(name);
    }
    return { text: objects.map((object) => `${JSON.stringify(object)}\n`).join(""), steps };
  }
  const { delimiter } = reader;
  const records = parseTable(content, delimiter);
  for (let time = 0; time < times && (records[0]?.length ?? 0) > 0; time++) {
    const name = random.pick(Object.keys(CSV_MUTATIONS));
    CSV_MUTATIONS[name]?.(records, random, reader);
    steps.push(name);
  }
  return { text: formatTable(records, delimiter), steps };
};
