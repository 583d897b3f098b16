import { z } from "zod";
import { parseNetwork } from "../../notify/guard/address-rules.ts";
import type { State } from "../../state/state.ts";

const SETTING = "delivery";

export interface DeliverySettings {
  readonly allowedNetworks: readonly string[];
  readonly maxAttempts: number;
  readonly keepDays: number;
}

/** 16 tries are about six hours. */
const DEFAULTS: DeliverySettings = { allowedNetworks: [], maxAttempts: 16, keepDays: 90 };

const schema: z.ZodType<DeliverySettings> = z.object({
  allowedNetworks: z.array(z.string()),
  maxAttempts: z.int().min(1),
  keepDays: z.int().min(1),
});

/** Version 0: never set. @throws STATE_RECORD_INVALID */
export const readDeliverySettings = async (
  state: State,
): Promise<DeliverySettings & { readonly version: number }> => {
  const { readSetting } = await import("../../state/settings.ts");
  const found = await readSetting(state, SETTING, schema);
  return { ...(found?.value ?? DEFAULTS), version: found?.version ?? 0 };
};

/** @returns its new version @throws STATE_CONFLICT, NOTIFY_NETWORK_INVALID */
export const writeDeliverySettings = async (
  state: State,
  actor: string,
  { version, allowedNetworks, maxAttempts, keepDays }: DeliverySettings & { readonly version: number },
): Promise<number> => {
  allowedNetworks.forEach(parseNetwork);
  const { writeSetting } = await import("../../state/settings.ts");
  const networks = [...new Set(allowedNetworks.map((network) => network.trim()))];
  const value = { allowedNetworks: networks, maxAttempts, keepDays };
  return await writeSetting(state, actor, { name: SETTING, value, version });
};
