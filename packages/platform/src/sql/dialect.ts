import type { Expr, FunctionName, Node, Scalar, SqlType } from "./expr.ts";

/** SQL text plus the values bound to it, in the order of their placeholders. */
export interface Sql {
  readonly text: string;
  readonly params: readonly Scalar[];
}

/** All that differs between engines. One object per engine; nothing else in the program knows a dialect. */
export interface Dialect {
  readonly id: "duckdb" | "trino";
  readonly types: Readonly<Record<SqlType, string>>;
  /** What stands before the body of a WITH query that is read more than once, so that it runs once. */
  readonly materialized: string;
  quoteIdent(name: string): string;
  placeholder(position: number): string;
  literal(type: SqlType, value: Scalar): string;
  cast(sql: string, from: SqlType, to: SqlType, safe: boolean): string;
  lambda(parameter: string, body: string): string;
  call(fn: FunctionName, args: readonly string[], nodes: readonly Expr[]): string;
}

/** SQL string literal; a quote inside is doubled, so no value can end it. A NUL would end the statement's text. */
export const quoteText = (value: string): string => {
  const literal = `'${value.replaceAll("'", "''")}'`;
  return value.includes("\0") ? `(${literal.replaceAll("\0", "' || chr(0) || '")})` : literal;
};

/** SQL identifier in double quotes, the form of both engines. */
export const quoteIdent = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Renders expressions of one statement, collecting the bound values in placeholder order. */
export class Renderer {
  readonly params: Scalar[] = [];
  readonly dialect: Dialect;

  constructor(dialect: Dialect) {
    this.dialect = dialect;
  }

  sql(expr: Expr): string {
    return this.#node(expr.node, expr);
  }

  #node(node: Node, expr: Expr): string {
    const d = this.dialect;
    switch (node.kind) {
      case "column":
        return node.table === undefined
          ? d.quoteIdent(node.name)
          : `${d.quoteIdent(node.table)}.${d.quoteIdent(node.name)}`;
      case "lit":
        return d.literal(expr.type, node.value);
      case "param":
        this.params.push(node.value);
        return d.cast(d.placeholder(this.params.length), "text", expr.type, false);
      case "call":
        return d.call(
          node.fn,
          node.args.map((arg) => this.sql(arg)),
          node.args,
        );
      case "binary":
        return `(${this.sql(node.left)} ${node.op} ${this.sql(node.right)})`;
      case "not":
        return node.expr.node.kind === "isNull"
          ? `(${this.sql(node.expr.node.expr)} IS NOT NULL)`
          : `(NOT ${this.sql(node.expr)})`;
      case "isNull":
        return `(${this.sql(node.expr)} IS NULL)`;
      case "in":
        return `(${this.sql(node.expr)} IN (${node.values.map((value) => this.sql(value)).join(", ")}))`;
      case "case": {
        const whens = node.whens
          .map(([when, then]) => `WHEN ${this.sql(when)} THEN ${this.sql(then)}`)
          .join(" ");
        const otherwise = node.otherwise === undefined ? "" : ` ELSE ${this.sql(node.otherwise)}`;
        return `(CASE ${whens}${otherwise} END)`;
      }
      case "cast":
        return d.cast(this.sql(node.expr), node.expr.type, expr.type, node.safe);
      case "lambda":
        return d.lambda(node.parameter, this.sql(node.body));
    }
  }
}
