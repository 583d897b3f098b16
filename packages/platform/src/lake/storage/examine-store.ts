import type { TrimtabError } from "@trimtab/domain";
import { lakeErrors } from "../errors.ts";
import { probeConditions } from "./condition-probe.ts";
import type { ObjectLocation } from "./location.ts";
import type { ObjectClient } from "./object-client.ts";
import { asking } from "./store-failure.ts";

/** What a lake needs of its store, each tried once. */
export interface StoreExamination {
  /** In the order in which they were tried; with the error where one failed. Later ones are not tried then. */
  readonly steps: readonly { readonly name: string; readonly error?: TrimtabError }[];
  /** This machine's clock less the store's; absent where the store did not tell. */
  readonly clockDifferenceMs?: number;
  readonly cache: {
    readonly folder: string;
    readonly files: number;
    readonly bytes: number;
    readonly maxBytes: number;
  };
}

interface ExamineRequest {
  readonly client: ObjectClient;
  readonly location: ObjectLocation;
  /** Of an object that is made and removed again. */
  readonly probeKey: string;
  readonly cache: StoreExamination["cache"];
}

const PROBE = "Trimtab tries whether it may write here. It can be removed.\n";

/** Lists, writes, reads, writes on condition and removes, with a probe object that is gone afterwards. */
export const examineStore = async (request: ExamineRequest): Promise<StoreExamination> => {
  const { client, location, probeKey, cache } = request;
  const tries: readonly (readonly [name: string, attempt: () => Promise<unknown>])[] = [
    ["list", () => client.list(`${location.prefix}manifests/`)],
    ["write", () => client.writeText(probeKey, PROBE)],
    ["read", () => readProbe(client, location, probeKey)],
    ["remove", () => client.remove(probeKey)],
    ["write on condition", () => probeConditions(client, location, probeKey)],
  ];
  const steps: { name: string; error?: TrimtabError }[] = [];
  for (const [name, attempt] of tries) {
    const error = await asking(client, location, name, attempt).then(
      () => undefined,
      (failure: TrimtabError) => failure,
    );
    steps.push(error === undefined ? { name } : { name, error });
    if (error !== undefined) break;
  }
  const theirs = await client.serverTime().catch(() => undefined);
  const difference = theirs === undefined ? undefined : Date.now() - theirs.getTime();
  return { steps, ...(difference === undefined ? {} : { clockDifferenceMs: difference }), cache };
};

const readProbe = async (client: ObjectClient, { root }: ObjectLocation, key: string): Promise<void> => {
  const opened = await client.open(key);
  const chunks: Buffer[] = [];
  for await (const chunk of opened?.stream ?? []) chunks.push(chunk as Buffer);
  const reason = "the probe object came back as something else";
  if (Buffer.concat(chunks).toString() !== PROBE)
    throw lakeErrors.create("LAKE_OBJECT_DAMAGED", { root, path: key, reason });
};
