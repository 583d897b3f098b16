/** Numbers of the types in PostgreSQL's catalogue. @see https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat, 2026-11 */
const OID = { bool: 16, int8: 20, int2: 21, int4: 23, timestamptz: 1184 } as const;

/** `2026-11-22 09:00:00.12+00` is `2026-11-22T09:00:00.120Z` here: the one form of an instant in this room. */
const readInstant = (text: string): string => new Date(`${text.replace(" ", "T")}:00`).toISOString();

const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [OID.bool]: (text) => text === "t",
  [OID.int2]: Number,
  [OID.int4]: Number,
  [OID.int8]: Number,
  [OID.timestamptz]: readInstant,
};

/** What the driver makes of a value: days, texts and amounts stay the text that they are. */
export const readPostgresValue = (oid: number): ((text: string) => unknown) =>
  PARSERS[oid] ?? ((text) => text);
