import type { Json } from "@trimtab/domain";
import { readSetting, writeSetting } from "../../state/settings.ts";
import type { RouteHandlers } from "../contract.ts";
import { type Branding, type brandingContracts, brandingSchema } from "../contracts/branding.ts";
import type { WorkParts } from "../work/work-parts.ts";

const SETTING = "branding";
const OURS: Branding = { name: null, logo: null, colour: null };

export const brandingHandlers = ({
  state,
}: Pick<WorkParts, "state">): RouteHandlers<typeof brandingContracts> => ({
  getBranding: async () => (await readSetting(state, SETTING, brandingSchema))?.value ?? OURS,
  setBranding: async ({ body, caller }) => {
    const version = (await readSetting(state, SETTING, brandingSchema))?.version ?? 0;
    await writeSetting(state, caller.actor, { name: SETTING, value: body as Json, version });
    return body;
  },
});
