import { api } from "../api.ts";
import type { RouteHandlers } from "../contract.ts";
import type { systemContracts } from "../contracts/system.ts";
import { serverErrors } from "../errors.ts";
import { openApiOf } from "../openapi.ts";
import type { ServerParts } from "../parts.ts";

export const systemHandlers = ({
  version,
  watch,
  state,
}: ServerParts): RouteHandlers<typeof systemContracts> => {
  let document: ReturnType<typeof openApiOf> | undefined;
  return {
    getHealth: async () => ({ status: "ok" as const, version }),
    getReadiness: async () => {
      await check("lake", () => watch.refresh());
      await check("state", () =>
        state.read((db) => db.selectFrom("auditLog").select("seq").limit(1).execute()),
      );
      const checks = ["lake", "state"].map((name) => ({ name, isOk: true }));
      return { status: "ready" as const, checks };
    },
    getOpenApi: async () => {
      document ??= openApiOf(api, version);
      return document;
    },
  };
};

/** What exactly is wrong is for the log: this is answered to anybody. */
const check = async (name: string, look: () => Promise<unknown>): Promise<void> => {
  try {
    await look();
  } catch (cause) {
    throw serverErrors.create("SERVER_NOT_READY", { reason: `the ${name} can't be read` }, { cause });
  }
};
