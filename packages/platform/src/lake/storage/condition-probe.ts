import { lakeErrors } from "../errors.ts";
import type { ObjectLocation } from "./location.ts";
import type { ObjectClient } from "./object-client.ts";
import { asking } from "./store-failure.ts";

const WRITERS = 4;

/**
 * Several writers make one object at once, then one more tries: exactly one must succeed. Older copies of S3 take the
 * condition, ignore it, and overwrite; on those two loads at once would lose one of them without a word.
 * @throws LAKE_CONDITION_IGNORED
 */
export const probeConditions = async (
  client: ObjectClient,
  location: ObjectLocation,
  key: string,
): Promise<void> => {
  const { root } = location;
  const attempt = async (): Promise<"made" | "exists"> => {
    try {
      return await client.create(
        key,
        "Trimtab tries whether this store keeps conditions. It can be removed.\n",
      );
    } catch (error) {
      const { kind, reason } = client.failureOf(error);
      if (kind === "unsupported")
        throw lakeErrors.create("LAKE_CONDITION_IGNORED", { root, reason }, { cause: error });
      throw error;
    }
  };
  try {
    const outcomes = await asking(client, location, "writing", async () => {
      const first = await Promise.all(Array.from({ length: WRITERS }, attempt));
      return { made: first.filter((outcome) => outcome === "made").length, later: await attempt() };
    });
    const reason =
      outcomes.later === "made"
        ? "it overwrites an object that must not be there"
        : outcomes.made > 1
          ? `${outcomes.made} of ${WRITERS} writers at once each made the same object`
          : undefined;
    if (reason !== undefined) throw lakeErrors.create("LAKE_CONDITION_IGNORED", { root, reason });
  } finally {
    await client.remove(key).catch(() => undefined);
  }
};
