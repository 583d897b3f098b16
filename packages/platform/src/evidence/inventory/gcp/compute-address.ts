import { z } from "zod";
import type { Normaliser } from "../normalise.ts";
import { computeBase, computeItem, linkName } from "./compute.ts";

const address = z.object({
  ...computeBase,
  address: z.string(),
  addressType: z.string().default("EXTERNAL"),
  users: z.array(z.string()).default([]),
});

/** A reserved address, of a region or global. */
export const computeAddress: Normaliser<"compute.googleapis.com/Address"> = {
  kind: "compute.googleapis.com/Address",
  normalise: (body, context) => {
    const { found, common } = computeItem(address, body, context);
    return {
      kind: "compute.googleapis.com/Address",
      ...common,
      settings: {
        address: found.address,
        isExternal: found.addressType === "EXTERNAL",
        usedBy: found.users.map(linkName),
      },
    };
  },
};
