import {
  and,
  call,
  cases,
  coalesce,
  column,
  type Expr,
  isNotNull,
  isNull,
  lit,
  nullOf,
  type SqlType,
  text,
  tryCast,
} from "../../sql/expr.ts";
import type { Pairs } from "../../sql/mapping-expr.ts";
import type {
  InputHeader,
  InputTable,
  RejectCheck,
  SourceDefinition,
  TimestampOptions,
  Totals,
} from "../source-definition.ts";
import { asText, type PhysicalColumn, physicalColumns } from "./physical-columns.ts";

/** A value computed once per row under an alias; `level` orders values that build on each other. */
export interface Computed {
  readonly alias: string;
  readonly expr: Expr;
  readonly level: number;
}

/** Aggregates joined to the rows once all values below {@link TOTALS_LEVEL} are there. */
export interface JoinedTotals extends Omit<Totals<Readonly<Record<string, Expr>>>, "having"> {
  /** Temporary table that holds them: made once for the group, then joined by every question. */
  readonly table: string;
  readonly aliases: Readonly<Record<string, string>>;
  readonly having: Expr<"boolean"> | undefined;
}

let tables = 0;

/** Values that build on totals come after all others. */
export const TOTALS_LEVEL = 1000;

const mapPairs = (pairs: readonly (readonly [string, Expr<"text">])[]): Expr<"map"> =>
  pairs.length === 0
    ? nullOf("map")
    : call("map", "mapFromPairs", ...pairs.flatMap(([key, value]) => [text(key), value]));

/** Engine aliases in an expression: which computed values it builds on. */
const aliasesIn = (expr: Expr, found = new Set<string>()): Set<string> => {
  const { node } = expr;
  const children: readonly (Expr | undefined)[] =
    node.kind === "column" || node.kind === "lit" || node.kind === "param" || node.kind === "objectKey"
      ? []
      : node.kind === "call"
        ? node.args
        : node.kind === "binary"
          ? [node.left, node.right]
          : node.kind === "in"
            ? [node.expr, ...node.values]
            : node.kind === "case"
              ? [...node.whens.flat(), node.otherwise]
              : node.kind === "lambda"
                ? [node.body]
                : [node.expr];
  if (node.kind === "column") found.add(node.name);
  for (const child of children) if (child !== undefined) aliasesIn(child, found);
  return found;
};

/** The {@link InputTable} of one group of files with equal headers; it collects what its mapping asked for. */
export class InputColumns implements InputTable {
  readonly header: InputHeader;
  readonly computed: Computed[] = [];
  readonly rejects: RejectCheck[] = [];
  readonly joinedTotals: JoinedTotals[] = [];
  /** Tables of totals that turned out to have no row: nothing needs to be joined. */
  readonly emptyTotals = new Set<string>();
  readonly #columns: readonly PhysicalColumn[];
  readonly #nullTexts: readonly string[];
  readonly #byName = new Map<string, PhysicalColumn>();
  readonly #byFoldedName = new Map<string, PhysicalColumn>();
  readonly #asked = new Set<PhysicalColumn>();
  readonly #twice = new Set<PhysicalColumn>();
  readonly #levels = new Map<string, number>();
  readonly #made = new Map<string, Expr>();

  constructor(header: InputHeader, source: Pick<SourceDefinition, "csv" | "ndjsonColumns">) {
    this.header = header;
    this.#nullTexts = source.csv.nullTexts;
    this.#columns = physicalColumns(header, source);
    for (const physical of this.#columns) {
      const folded = physical.name.toLowerCase();
      const same = this.#byName.get(physical.name);
      if (same === undefined) this.#byName.set(physical.name, physical);
      else this.#twice.add(same);
      if (!this.#byFoldedName.has(folded)) this.#byFoldedName.set(folded, physical);
    }
  }

  /** Names that the mapping asked for and the header has more than once: nothing says which one is meant. */
  get ambiguous(): readonly string[] {
    return [...this.#twice].filter((physical) => this.#asked.has(physical)).map(({ name }) => name);
  }

  has(...names: readonly string[]): boolean {
    return names.some((name) => this.#lookUp(name) !== undefined);
  }

  text(...names: readonly string[]): Expr<"text"> {
    const physical = this.#find(names);
    return physical === undefined ? nullOf("text") : asText(physical, this.#nullTexts);
  }

  decimal(...names: readonly string[]): Expr<"decimal"> {
    const physical = this.#find(names);
    if (physical === undefined) return nullOf("decimal");
    return this.#once(`decimal:${physical.name}`, () => {
      const raw = asText(physical, this.#nullTexts);
      const value = this.#compute(exactValue(physical, raw));
      const isGiven = isNotNull(physical.expr.type === "text" ? raw : physical.expr);
      this.reject({
        column: physical.name,
        reason: "not a decimal number",
        bad: and(isGiven, isNull(value)),
        raw,
      });
      return value;
    });
  }

  residue(...names: readonly string[]): Expr<"exact"> {
    const physical = this.#find(names);
    if (physical === undefined || physical.type.includes("INT")) return nullOf("exact");
    const places = /^DECIMAL\(\d+,(\d+)\)$/.exec(physical.type)?.[1];
    if (places !== undefined && Number(places) <= 12) return nullOf("exact");
    return this.#once(`residue:${physical.name}`, () => {
      const raw = asText(physical, this.#nullTexts);
      return this.#compute(
        physical.expr.type === "double"
          ? call("exact", "residueOfDouble", physical.expr)
          : call("exact", "roundingResidue", raw),
      );
    });
  }

  timestamp(options: TimestampOptions, ...names: readonly string[]): Expr<"timestamp"> {
    const physical = this.#find(names);
    if (physical === undefined) {
      if (options.required)
        this.reject({
          column: names[0] ?? "",
          reason: "column missing",
          bad: lit("boolean", true),
          raw: nullOf("text"),
        });
      return nullOf("timestamp");
    }
    return this.#once(`timestamp:${options.formats.join("|")}:${physical.name}`, () => {
      const raw = asText(physical, this.#nullTexts);
      const isTime = physical.expr.type === "timestamp" || physical.expr.type === "date";
      // Named a text, so that the cast is written: instants with a zone or in nanoseconds are no TIMESTAMP yet.
      const physicalTime = tryCast("timestamp", { ...physical.expr, type: "text" });
      const parsed = isTime ? physicalTime : this.#parseTime(raw, options.formats);
      const value = this.#compute(call("timestamp", "saneInstant", parsed));
      const missing = options.required ? isNull(value) : and(isNotNull(raw), isNull(value));
      this.reject({ column: physical.name, reason: "not a date and time of this format", bad: missing, raw });
      return value;
    });
  }

  map(...names: readonly string[]): Expr<"map"> {
    const physical = this.#find(names);
    if (physical === undefined) return nullOf("map");
    return this.#once(`map:${physical.name}`, () => {
      if (physical.expr.type === "map")
        return physical.type === "MAP(VARCHAR, VARCHAR)"
          ? (physical.expr as Expr<"map">)
          : this.#compute(call("map", "toTextMap", physical.expr));
      if (physical.expr.type === "list") return this.#compute(call("map", "mapFromEntries", physical.expr));
      const raw = asText(physical, this.#nullTexts);
      const parsed = this.#compute(call("map", "jsonToMap", raw));
      // Unreadable tags don't take a cost out of the totals: they are kept as they are under one key.
      return coalesce(parsed, cases("map", [[isNotNull(raw), mapPairs([["x_unreadable", raw]])]]));
    });
  }

  prefixed(...prefixes: readonly string[]): Expr<"map"> {
    const pairs: [string, Expr<"text">][] = [];
    for (const physical of this.#columns) {
      const prefix = prefixes.find((candidate) => physical.name.startsWith(candidate));
      if (prefix === undefined) continue;
      this.#asked.add(physical);
      pairs.push([physical.name.slice(prefix.length), asText(physical, this.#nullTexts)]);
    }
    return mapPairs(uniqueKeys(pairs));
  }

  physical(name: string, type: SqlType): Expr {
    const physical = this.#find([name]);
    return physical === undefined ? nullOf(type) : { ...physical.expr, type };
  }

  rest(...also: readonly string[]): Pairs {
    const kept = new Set(also.map((name) => this.#lookUp(name)));
    const pairs = this.#columns
      .filter((physical) => (kept.has(physical) || !this.#asked.has(physical)) && !physical.empty)
      .map((physical): [string, Expr<"text">] => [physical.name, asText(physical, this.#nullTexts)]);
    return Object.fromEntries(uniqueKeys(pairs));
  }

  define<E extends Expr>(name: string, expr: E): E {
    return this.#compute(expr, name);
  }

  totals<const V extends Readonly<Record<string, Expr>>>(totals: Totals<V>): V {
    const prefix = `$total${this.joinedTotals.length}_`;
    const aliases: Record<string, string> = {};
    const values: Record<string, Expr> = {};
    for (const [name, { type }] of Object.entries(totals.values)) {
      const alias = `${prefix}${name}`;
      aliases[name] = alias;
      values[name] = column(alias, type);
      this.#levels.set(alias, TOTALS_LEVEL);
    }
    tables += 1;
    const having = totals.having?.(totals.values);
    this.joinedTotals.push({ ...totals, table: `totals_${tables}`, aliases, having });
    return values as V;
  }

  reject(check: RejectCheck): void {
    this.rejects.push(check);
  }

  #lookUp(name: string): PhysicalColumn | undefined {
    return this.#byName.get(name) ?? this.#byFoldedName.get(name.toLowerCase());
  }

  #find(names: readonly string[]): PhysicalColumn | undefined {
    for (const name of names) {
      const physical = this.#lookUp(name);
      if (physical === undefined) continue;
      this.#asked.add(physical);
      // Wide exports have dozens of columns without a value: they cost nothing as the nulls that they are.
      return physical.empty === true ? undefined : physical;
    }
    return undefined;
  }

  /** Same request, same column: equations and charge columns then name one value. */
  #once<T extends SqlType>(key: string, make: () => Expr<T>): Expr<T> {
    const known = this.#made.get(key);
    if (known !== undefined) return known as Expr<T>;
    const made = make();
    this.#made.set(key, made);
    return made;
  }

  #compute<E extends Expr>(expr: E, name = ""): E {
    const below = [...aliasesIn(expr)].map((alias) => this.#levels.get(alias) ?? -1);
    const level = Math.max(-1, ...below) + 1;
    const alias = `$${this.computed.length}${name}`;
    this.computed.push({ alias, expr, level });
    this.#levels.set(alias, level);
    return column(alias, expr.type) as Expr as E;
  }

  #parseTime(raw: Expr<"text">, formats: readonly string[]): Expr<"timestamp"> {
    // The engine's own cast reads these at once, except times without seconds.
    const isIso = (format: string) => /^%Y-%m-%d($|[T ]%H:%M:%S)/.test(format);
    const iso = formats.some(isIso);
    const others = formats.filter((format) => !isIso(format));
    const parsed = others.map((format) => call("timestamp", "parseTimestamp", raw, text(format)));
    const isoText = call("timestamp", "isoInstant", raw);
    const [first = isoText, ...rest] = iso ? [isoText, ...parsed] : parsed;
    return coalesce(first, ...rest);
  }
}

/** DECIMAL(38,12) of whatever the file holds; null where it is none. */
const exactValue = ({ expr }: PhysicalColumn, raw: Expr<"text">): Expr<"decimal"> => {
  if (expr.type === "double") return call("decimal", "exactDecimalOfDouble", expr);
  return expr.type === "bigint" ? tryCast("decimal", expr) : call("decimal", "exactDecimal", raw);
};

const uniqueKeys = (pairs: readonly (readonly [string, Expr<"text">])[]): [string, Expr<"text">][] => {
  const times = new Map<string, number>();
  return pairs.map(([key, value]) => {
    const count = (times.get(key) ?? 0) + 1;
    times.set(key, count);
    return [count === 1 ? key : `${key} (${count})`, value];
  });
};
