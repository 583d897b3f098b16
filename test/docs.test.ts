import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { TrimtabError } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { parsePolicy } from "../packages/platform/src/apply/policy/policy.ts";
import { COMMANDS } from "../packages/platform/src/cli/commands/registry.ts";
import { findCommand, parseCommandLine } from "../packages/platform/src/cli/parse-arguments.ts";
import { parseMapping } from "../packages/platform/src/evidence/metrics/prometheus/mapping.ts";
import { parseProgramme } from "../packages/platform/src/ledger/programme/file/parse-programme.ts";
import { parseRules } from "../packages/platform/src/query/allocation/rules.ts";
import { parseQueryText } from "../packages/platform/src/query/parse-query.ts";
import { queryRequestSchema } from "../packages/platform/src/query/types.ts";
import { sources } from "../packages/platform/src/sources/registry.ts";

const root = dirname(import.meta.dirname);
const read = (path: string): string => readFileSync(join(root, path), "utf8");

const filesOf = (...patterns: readonly string[]): readonly string[] =>
  globSync([...patterns], { cwd: root, exclude: (name) => name === "node_modules" || name === "dist" })
    .map((path) => path.replaceAll("\\", "/"))
    .toSorted();

const pages = filesOf("*.md", ".changeset/*.md", "docs/**/*.md", "examples/**/*.md", "packages/**/*.md");

interface Fence {
  readonly language: string;
  readonly text: string;
}

const FENCE = /^( *)```(\w*)\n([\s\S]*?)^\1```/gm;

const fencesOf = (markdown: string): readonly Fence[] =>
  [...markdown.matchAll(FENCE)].map(([, , language = "", text = ""]) => ({ language, text }));
const proseOf = (markdown: string): string => markdown.replace(FENCE, "");

/** The anchors that headings get where the pages are shown. */
const anchorsOf = (markdown: string): ReadonlySet<string> =>
  new Set(
    [...proseOf(markdown).matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .replace(/\s/g, "-"),
    ),
  );

const linksOf = (markdown: string): readonly string[] =>
  [
    ...proseOf(markdown)
      .replace(/`[^`]*`/g, "")
      .matchAll(/\]\(([^)\s]+)\)/g),
  ]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));

const brokenLinks = (path: string): readonly string[] =>
  linksOf(read(path)).filter((link) => {
    const [file = "", anchor] = link.split("#");
    const target = file === "" ? join(root, path) : resolve(root, dirname(path), file);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchorsOf(readFileSync(target, "utf8")).has(anchor);
  });

/** Splits a line as a shell does, up to the first pipe, redirection, comment or `&&`. */
const wordsOf = (line: string): readonly string[] => {
  const words: string[] = [];
  for (const [, double, single, plain] of line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)) {
    if (plain !== undefined && /^(\||>|#|&&|;)/.test(plain)) break;
    words.push(double ?? single ?? plain ?? "");
  }
  return words;
};

const callsIn = (text: string): readonly (readonly string[])[] =>
  [...text.matchAll(/(?:^|&& |\$ |; )(?:npx )?trimtab (.*)$/gm)].flatMap(([, rest = ""]) => {
    const [, next] = /&& ((?:npx )?trimtab .*)$/.exec(rest) ?? [];
    return [wordsOf(rest), ...(next === undefined ? [] : callsIn(next))];
  });

const names = new Set(Object.keys(COMMANDS));

/** What is wrong with a command line as the program itself sees it. */
const problemWith = async (
  argv: readonly string[],
  lenient: readonly string[],
): Promise<string | undefined> => {
  if (argv.length === 1 && /^--(version|help)$/.test(argv[0] ?? "")) return undefined;
  const { name, word, rest } = findCommand(argv, names);
  const entry = name === undefined ? undefined : COMMANDS[name];
  if (entry === undefined) {
    const isGroup = [...names].some((known) => known.startsWith(`${word} `));
    return isGroup ? undefined : `there is no command ${word}`;
  }
  try {
    const { input } = parseCommandLine(await entry.load(), rest, {});
    const question = name === "query" && Array.isArray(input.args.question) ? input.args.question : [];
    const where = input.options.where;
    const isOwn = input.options.rules !== undefined;
    // Which metrics there are is the reader's lake's business.
    const asked = question.join(" ").replace(/cost-per:[\w-]+/g, "unit-price");
    if (asked !== "" && !isOwn) parseQueryText(asked);
    if (typeof where === "string" && !isOwn) parseQueryText(`rows where ${where}`);
    return undefined;
  } catch (error) {
    if (!(error instanceof TrimtabError)) throw error;
    return lenient.includes(error.code) ? undefined : error.message;
  }
};

const problemsIn = async (calls: readonly (readonly string[])[], lenient: readonly string[]) => {
  const found: string[] = [];
  for (const argv of calls) {
    const problem = await problemWith(argv, lenient);
    if (problem !== undefined) found.push(`trimtab ${argv.join(" ")}: ${problem}`);
  }
  return found;
};

describe("the documentation", () => {
  it.each(pages)("%s links only to what is there", (path) => {
    expect(brokenLinks(path)).toEqual([]);
  });

  const shown = pages.filter(
    (path) => path !== "docs/reference/cli.md" && path !== "docs/reference/errors.md",
  );

  it.each(shown)("%s shows only command lines that the program takes", async (path) => {
    const page = read(path);
    const fenced = fencesOf(page).filter(({ language }) => ["sh", "text", ""].includes(language));
    expect(
      await problemsIn(
        fenced.flatMap(({ text }) => callsIn(text)),
        [],
      ),
    ).toEqual([]);
    const inline = [...proseOf(page).matchAll(/`((?:npx )?trimtab [^`]+)`/g)].flatMap(([, text = ""]) =>
      callsIn(text),
    );
    // In a sentence a command may stand for itself, without what it needs or with placeholders.
    const incomplete = ["CLI_ARGUMENT_MISSING", "CLI_OPTION_VALUE_MISSING", "QUERY_TEXT_INVALID"];
    expect(await problemsIn(inline, incomplete)).toEqual([]);
  });

  it("would notice a command, an option and a question that don't exist", async () => {
    const wrong = callsIn(
      "npx trimtab anlyze && trimtab ingest --fast x\ntrimtab query 'effective by Servic'",
    );
    expect(wrong).toHaveLength(3);
    expect(await problemsIn(wrong, [])).toHaveLength(3);
  });

  it.each(shown)("%s names only npm scripts that exist", (path) => {
    const { scripts } = JSON.parse(read("package.json")) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const named = [...read(path).matchAll(/npm run ([\w:-]+)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it.each(pages.filter((path) => path.startsWith("docs/guides/")))(
    "%s shows rules files, programmes, policies and files of queries that can be read",
    (path) => {
      const files = fencesOf(read(path)).filter(({ text }) => text.startsWith("version: 1\n"));
      for (const { text } of files) {
        const isProgramme = text.includes("\ntasks:\n");
        const isQueries = text.startsWith("version: 1\nqueries:");
        const isPolicy = /^version: 1\n(approvals|watchSeconds|guardrails):/.test(text);
        const parse = isProgramme
          ? parseProgramme
          : isQueries
            ? parseMapping
            : isPolicy
              ? parsePolicy
              : parseRules;
        expect(() => parse(text, path)).not.toThrow();
      }
    },
  );

  it("shows a JSON question that is one", () => {
    const [shown] = fencesOf(read("docs/reference/query.md")).filter(({ language }) => language === "json");
    expect(queryRequestSchema.parse(JSON.parse(shown?.text ?? ""))).toMatchObject({ timeAxis: "charge" });
  });

  it("has a page for every source, named in the README and in the index", () => {
    for (const id of Object.keys(sources)) {
      expect(pages).toContain(`docs/reference/sources/${id}.md`);
      expect(linksOf(read("README.md"))).toContain(`docs/reference/sources/${id}.md`);
    }
  });

  it("has the pages that the program points to", () => {
    const named = filesOf("packages/*/src/**/*.ts")
      .filter((path) => !path.endsWith(".test.ts"))
      .flatMap((path) => [...read(path).matchAll(/docs\/[\w/-]+\.md/g)].map(([page]) => page));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((page) => !pages.includes(page))).toEqual([]);
  });

  it("is listed whole in its index", () => {
    const listed = linksOf(read("docs/README.md")).map((link) => join("docs", link.replace(/#.*$/, "")));
    const own = pages.filter((path) => path.startsWith("docs/") && path !== "docs/README.md");
    expect(own.filter((path) => !listed.includes(path)).map((path) => relative("docs", path))).toEqual([]);
  });

  it("gives every decision what it needs, numbered without gaps", () => {
    const decisions = pages.filter((path) => path.startsWith("docs/decisions/")).toSorted();
    for (const [index, path] of decisions.entries()) {
      expect(path).toMatch(new RegExp(`/${String(index + 1).padStart(4, "0")}-[a-z0-9-]+\\.md$`));
      expect(read(path)).toMatch(new RegExp(`^# ${index + 1}\\. `));
      for (const part of ["Context", "Choice", "Consequences"])
        expect(read(path)).toContain(`\n## ${part}\n`);
    }
  });
});
