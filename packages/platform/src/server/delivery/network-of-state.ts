import type { Network } from "../../notify/guard/guarded-request.ts";
import type { DeliveryParts } from "./delivery-parts.ts";
import { readDeliverySettings } from "./delivery-settings.ts";

/** Of one exchange with a receiver. */
const TIMEOUT_MS = 30_000;

/** How channels reach the outside, as it is allowed now. */
export const networkOf = async ({ state, resolve }: DeliveryParts): Promise<Network> => {
  const { addressRules } = await import("../../notify/guard/address-rules.ts");
  const { systemResolve } = await import("../../notify/guard/guarded-lookup.ts");
  const { allowedNetworks } = await readDeliverySettings(state);
  return { rules: addressRules(allowedNetworks), resolve: resolve ?? systemResolve, timeoutMs: TIMEOUT_MS };
};
