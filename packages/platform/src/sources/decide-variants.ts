import { dirname } from "node:path";
import type { Database } from "../lake/database.ts";
import { EMBEDDED, sqlIn } from "../lake/ingest/input-group.ts";
import { readSql } from "../lake/ingest/read-sql.ts";
import { computedSql } from "../lake/ingest/relation-sql.ts";
import type { Run } from "../lake/ingest/stage.ts";
import { InputColumns } from "../lake/input/input-columns.ts";
import type { InspectedFile } from "../lake/input/inspect-file.ts";
import { physicalColumns } from "../lake/input/physical-columns.ts";
import { sourceErrors } from "./errors.ts";
import type { Recognised } from "./recognise.ts";

export interface RecognisedBill extends Recognised {
  readonly file: InspectedFile;
}

/** A file with its variant; `open` while nothing in the file itself tells it. */
interface Judged {
  readonly bill: RecognisedBill;
  readonly variant: string;
  readonly open: boolean;
}

const sqlOf = sqlIn(EMBEDDED);

const relationOf = ({ file, source, header }: RecognisedBill): string => readSql({ source, header }, [file]);

/** Asks all rows of a file which variant they prove. */
const judge = async (run: Run, bill: RecognisedBill, stated: string | undefined): Promise<Judged> => {
  const { recognition, source, header } = bill;
  const named = recognition.match === "yes" ? recognition.variant : "";
  if (stated !== undefined) return { bill, variant: stated, open: false };
  if (recognition.match !== "yes" || recognition.tentative !== true)
    return { bill, variant: named, open: false };
  const columns = new InputColumns(header, source);
  const tests = source.decideVariant?.(columns) ?? [];
  if (tests.length === 0) return { bill, variant: named, open: true };
  const from = computedSql({ columns, ...EMBEDDED }, relationOf(bill));
  const list = tests.map(({ when }) => `bool_or(${sqlOf(when)})`).join(", ");
  const { rows } = await run({ text: `SELECT ${list} FROM ${from}` });
  const proven = tests.find((_, index) => rows[0]?.[index] === true);
  return proven === undefined
    ? { bill, variant: named, open: true }
    : { bill, variant: proven.variant, open: false };
};

/** Digest of whole rows that does not depend on the order of columns. */
const digestsOf = (bill: RecognisedBill, index: number): string => {
  const columns = [...physicalColumns(bill.header, bill.source)].sort((a, b) => (a.name < b.name ? -1 : 1));
  const values = columns.map(({ expr }) => sqlOf(expr)).join(", ");
  return `SELECT ${index} AS file, hash(${values}) AS digest FROM ${relationOf(bill)}`;
};

/** Pairs of files that share more than half of the smaller one's rows. */
const pairsWithSameRows = async (
  run: Run,
  judged: readonly Judged[],
): Promise<readonly (readonly [Judged, Judged])[]> => {
  const table = "digests_of_variants";
  for (const [index, { bill }] of judged.entries()) {
    const verb = index === 0 ? `CREATE OR REPLACE TEMPORARY TABLE ${table} AS` : `INSERT INTO ${table}`;
    await run({ text: `${verb} ${digestsOf(bill, index)}` });
  }
  const counts = `SELECT file, count(DISTINCT digest) AS size FROM ${table} GROUP BY 1`;
  const { rows } = await run({
    text:
      `WITH size AS (${counts}), shared AS (SELECT a.file AS a, b.file AS b, count(DISTINCT a.digest) AS size ` +
      `FROM ${table} a JOIN ${table} b ON a.digest = b.digest AND a.file < b.file GROUP BY 1, 2) ` +
      "SELECT a, b FROM shared JOIN size x ON x.file = a JOIN size y ON y.file = b " +
      "WHERE shared.size * 2 > least(x.size, y.size) ORDER BY 1, 2",
  });
  return rows.flatMap(([a, b]) => {
    const pair = [judged[Number(a)], judged[Number(b)]] as const;
    return pair[0] === undefined || pair[1] === undefined ? [] : [[pair[0], pair[1]] as const];
  });
};

/** A part of a large export may hold no row that tells its variant; its neighbours in the folder then do. */
const settle = (
  own: Judged,
  folder: readonly Judged[],
  same: readonly (readonly [Judged, Judged])[],
): Judged => {
  const twins = same.filter((pair) => pair.includes(own)).map(([a, b]) => (a === own ? b : a));
  const openTwin = twins.find(({ open }) => open);
  if (openTwin !== undefined)
    throw sourceErrors.create("SOURCE_SAME_ROWS", {
      first: own.bill.file.path,
      second: openTwin.bill.file.path,
    });
  if (twins.length > 0) return own;
  const variants = [...new Set(folder.filter(({ open }) => !open).map(({ variant }) => variant))];
  const [only] = variants;
  if (variants.length > 1)
    throw sourceErrors.create("SOURCE_VARIANT_OPEN", {
      file: own.bill.file.path,
      variants: variants.join(" or the "),
      source: own.bill.source.id,
    });
  return only === undefined ? own : { ...own, variant: only, open: false };
};

/**
 * The variant of each file by path: as the delivery's metadata states it, as the first rows or all rows prove it, or
 * as the rest of its folder has it.
 * @param stated variants by path that metadata names
 * @throws SOURCE_SAME_ROWS, SOURCE_VARIANT_OPEN
 */
export const decideVariants = (
  database: Database,
  bills: readonly RecognisedBill[],
  stated: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> =>
  database.session(async (run) => {
    const judged: Judged[] = [];
    for (const bill of bills) judged.push(await judge(run, bill, stated.get(bill.file.path)));
    const variants = new Map(judged.map(({ bill, variant }) => [bill.file.path, variant]));
    const folderOf = ({ bill }: Judged) => JSON.stringify([bill.source.id, dirname(bill.file.path)]);
    for (const folder of Map.groupBy(judged, folderOf).values()) {
      const open = folder.filter((own) => own.open);
      if (open.length === 0 || folder.length === 1) continue;
      const same = await pairsWithSameRows(run, folder);
      for (const own of open) variants.set(own.bill.file.path, settle(own, folder, same).variant);
    }
    return variants;
  });
