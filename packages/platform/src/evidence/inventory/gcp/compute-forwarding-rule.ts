import { z } from "zod";
import type { Normaliser } from "../normalise.ts";
import { computeBase, computeItem } from "./compute.ts";

const rule = z.object({
  ...computeBase,
  loadBalancingScheme: z.string().default("EXTERNAL"),
});

/** A forwarding rule is what a balancer is billed by. What stands behind its target, this list does not say. */
export const computeForwardingRule: Normaliser<"compute.googleapis.com/ForwardingRule"> = {
  kind: "compute.googleapis.com/ForwardingRule",
  normalise: (body, context) => {
    const { found, common } = computeItem(rule, body, context);
    return {
      kind: "compute.googleapis.com/ForwardingRule",
      ...common,
      settings: { type: found.loadBalancingScheme, targets: null, healthyTargets: null },
    };
  },
};
