import type { ErrorEntry } from "@trimtab/domain";
import type { FastifyInstance } from "fastify";
import { serverErrors } from "./errors.ts";
import { titleOf } from "./problem.ts";

/** Where the `type` of each problem leads: what it means and what to do, as a page for people and JSON for programs. */
export const serveProblems = (app: FastifyInstance): void => {
  app.get("/problems/:code", async (request, reply) => {
    const { code } = request.params as { readonly code: string };
    const { PROBLEMS } = await import("./problem-catalogue.ts");
    const entry = Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code] : undefined;
    if (entry === undefined)
      throw serverErrors.create("SERVER_NOT_FOUND", { what: "problem", id: code.slice(0, 100) });
    const { message, why, hint } = entry;
    reply.header("vary", "Accept");
    if (request.headers.accept?.includes("text/html") === true)
      return reply.type("text/html; charset=utf-8").send(pageOf(code, entry));
    const told = { code, title: titleOf(code), message, ...(why === undefined ? {} : { why }), hint };
    return reply.type("application/json; charset=utf-8").send(JSON.stringify(told));
  });
};

/** What stands in braces differs each time. */
const pageOf = (code: string, { message, why, hint }: ErrorEntry): string => {
  const paragraphs = [message, ...(why === undefined ? [] : [why]), hint];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${titleOf(code)}</title>
<h1>${titleOf(code)}</h1>
${paragraphs.map((text) => `<p>${inHtml(text)}</p>`).join("\n")}
<p><code>${code}</code></p>
</html>
`;
};

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const inHtml = (text: string): string =>
  text
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)
    .replace(/\{(\w+)\}/g, "<em>$1</em>")
    .replace(/`([^`]*)`/g, "<code>$1</code>");
