import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const repository = join(import.meta.dirname, "..");
const maxCodeLines = 300;
const code = /\.(ts|tsx|js|cjs|mjs|css)$/;
const excepted = /\.test\.tsx?$|(^|\/)data\/|(^|\/)generated\/|\.generated\./;

/** Lines that are neither blank nor only a comment. */
function countCodeLines(text: string): number {
  let insideComment = false;
  let count = 0;
  for (const line of text.split("\n")) {
    const trimmed = line.trim();
    if (insideComment) {
      insideComment = !trimmed.includes("*/");
    } else if (trimmed.startsWith("/*")) {
      insideComment = !trimmed.includes("*/");
    } else if (trimmed !== "" && !trimmed.startsWith("//")) {
      count += 1;
    }
  }
  return count;
}

/** Files that git tracks or would add, as paths from the root. */
function listFiles(): string[] {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const output = execFileSync("git", args, {
    cwd: repository,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...new Set(output.split("\0"))].filter((path) => code.test(path) && !excepted.test(path));
}

function readIfPresent(path: string): string {
  try {
    return readFileSync(join(repository, path), "utf8");
  } catch (error) {
    // git still lists a file that was deleted but not yet committed as such
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}

const files = listFiles().map((path) => ({ path, lines: countCodeLines(readIfPresent(path)) }));
const tooLong = files.filter(({ lines }) => lines > maxCodeLines);

for (const { path, lines } of tooLong) {
  process.stderr.write(`${path}: ${lines} lines of code, at most ${maxCodeLines}: split it by concept.\n`);
}
if (tooLong.length > 0) process.exitCode = 1;
else process.stdout.write(`File size: ${files.length} files, none over ${maxCodeLines} lines of code.\n`);
