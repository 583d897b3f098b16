import { stat } from "node:fs/promises";
import { z } from "zod";
import type { State } from "../../state/state.ts";

const KILL_SWITCH = "apply.kill-switch";

const killSwitchSchema = z.object({ isOn: z.boolean(), reason: z.string() });

export interface KillSwitchPlaces {
  readonly state: State;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Its being there is enough. */
  readonly file?: string | undefined;
}

/** Why nothing may be changed now; any of the three places is enough. @throws STATE_* */
export const killSwitchReason = async ({
  state,
  env,
  file,
}: KillSwitchPlaces): Promise<string | undefined> => {
  if (env.TRIMTAB_KILL_SWITCH) return "the kill switch is on (TRIMTAB_KILL_SWITCH)";
  if (file !== undefined && (await exists(file))) return `the kill switch is on (${file} is there)`;
  const { readSetting } = await import("../../state/settings.ts");
  const setting = await readSetting(state, KILL_SWITCH, killSwitchSchema);
  if (!setting?.value.isOn) return undefined;
  return `the kill switch is on (${setting.updatedBy}: ${setting.value.reason})`;
};

/** @throws STATE_CONFLICT */
export const setKillSwitch = async (
  state: State,
  actor: string,
  value: { readonly isOn: boolean; readonly reason: string },
): Promise<void> => {
  const { readSetting, writeSetting } = await import("../../state/settings.ts");
  const version = (await readSetting(state, KILL_SWITCH, killSwitchSchema))?.version ?? 0;
  await writeSetting(state, actor, { name: KILL_SWITCH, value, version });
};

/** A file that may not be looked at is no reason to go on. */
const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== "ENOENT",
  );
