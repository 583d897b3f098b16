import { installPython } from "../objects/moto.ts";
import { outputOf } from "../objects/processes.ts";

const VERSION = "30.30.0";

/** A parser of many SQL dialects, from PyPI: the folder of its package, or why it can't be had. */
export const installSqlglot = async (): Promise<
  { readonly folder: string } | { readonly skipped: string }
> => {
  const version = await outputOf("python3", ["-c", "import sys; print(sys.version_info >= (3, 9))"]);
  if (version?.trim() !== "True") return { skipped: "no Python 3.9 or newer" };
  const folder = await installPython(`sqlglot-${VERSION}`, `sqlglot==${VERSION}`);
  return folder === undefined ? { skipped: `pip can't install sqlglot==${VERSION}` } : { folder };
};
