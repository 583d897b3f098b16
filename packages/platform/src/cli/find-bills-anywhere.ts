import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StandIn } from "../lake/input/object-stand-ins.ts";
import { isUrl } from "../lake/storage/location.ts";
import type { FoundBills, LoadBillsRequest } from "../sources/load-bills.ts";
import type { CommandContext } from "./command.ts";

/** Objects go by their URLs from here on. */
const byUrl = (found: FoundBills, standIns: readonly StandIn[]): FoundBills => {
  const urls = new Map(standIns.map(({ path, url }) => [path, url]));
  const named = <T extends { readonly path: string }>(item: T): T => ({
    ...item,
    path: urls.get(item.path) ?? item.path,
  });
  return {
    inputs: found.inputs.map((input) => ({ ...input, file: named(input.file) })),
    others: found.others.map((other) => ({ ...other, file: named(other.file) })),
    superseded: found.superseded.map(named),
  };
};

/**
 * Finds bills among files of this machine and objects of buckets. Of an object, only as much is fetched as tells what it is.
 * @throws what {@link findBills} and {@link makeStandIns} throw
 */
export const findBillsAnywhere = async (
  { services, env }: Pick<CommandContext, "services" | "env">,
  request: LoadBillsRequest,
): Promise<FoundBills> => {
  const { findBills } = await import("../sources/load-bills.ts");
  const lake = await services.openLake();
  const urls = request.patterns.filter(isUrl);
  const local = request.patterns.filter((pattern) => !isUrl(pattern));
  const found = local.length > 0 ? [await findBills(lake, { ...request, patterns: local })] : [];
  if (urls.length > 0) {
    const { makeStandIns } = await import("../lake/input/object-stand-ins.ts");
    const folder = await mkdtemp(join(tmpdir(), "trimtab-objects-"));
    try {
      const standIns: StandIn[] = [];
      for (const [index, url] of urls.entries())
        standIns.push(...(await makeStandIns(url, join(folder, String(index)), { env })));
      const patterns = urls.map((_, index) => join(folder, String(index)));
      found.push(byUrl(await findBills(lake, { ...request, patterns, areStandIns: true }), standIns));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return {
    inputs: found.flatMap(({ inputs }) => inputs),
    others: found.flatMap(({ others }) => others),
    superseded: found.flatMap(({ superseded }) => superseded),
  };
};
