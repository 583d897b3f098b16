import type { BilledName } from "../costs/resource-costs.ts";
import type { BilledUsage } from "./usage-kind.ts";

/** What bills call the resource of each draft. */
interface Drafts {
  readonly names: readonly (readonly BilledName[])[];
}

const nameKey = ({ id, account, region }: BilledName): string => JSON.stringify([id, account, region]);

/** Drafts about one resource under one name, whatever the bill calls it. */
export const ownersOf = ({ names }: Drafts): ReadonlyMap<string, string> => {
  const owners = new Map<string, string>();
  for (const own of names) {
    const keys = own.map(nameKey);
    const known = keys.map((key) => owners.get(key)).find((owner) => owner !== undefined);
    for (const key of keys) owners.set(key, known ?? keys[0] ?? key);
  }
  return owners;
};

export const ownerOf = (
  { names }: Drafts,
  owners: ReadonlyMap<string, string>,
  index: number,
): string | undefined => {
  const [name] = names[index] ?? [];
  return name === undefined ? undefined : owners.get(nameKey(name));
};

/** The resource of a draft that a row is of; null: of another, or of one with the same bare name elsewhere. */
export const ownerOfRow = (
  { resource, account, region }: BilledUsage,
  owners: ReadonlyMap<string, string>,
): string | null =>
  resource === null ? null : (owners.get(nameKey({ id: resource, account, region })) ?? null);

/** Commitments that pay for the drafts' resources. */
export const freeableIn = (
  { usage }: { readonly usage: readonly BilledUsage[] },
  owners: ReadonlyMap<string, string>,
): ReadonlySet<string> =>
  new Set(
    usage.flatMap((each) =>
      each.commitment === null || ownerOfRow(each, owners) === null ? [] : [each.commitment],
    ),
  );
