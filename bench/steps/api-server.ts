// The server over a lake, as `trimtab serve` runs it; who asks is whoever the request says. Sends its address to its parent.

import { DEFAULT_POLICY } from "../../packages/platform/src/apply/policy/policy.ts";
import { runServer } from "../../packages/platform/src/cli/serve/run-server.ts";
import { createServices } from "../../packages/platform/src/compose.ts";
import { ROLE_PERMISSIONS } from "../../packages/platform/src/server/access/permissions.ts";

const [lake = "", state = "", uploads = ""] = process.argv.slice(2);
const stopping = new AbortController();
process.on("SIGTERM", () => stopping.abort());
process.on("disconnect", () => stopping.abort());
process.on("message", () => {
  const [rssMiB, peakMiB] = [process.memoryUsage.rss() / 2 ** 20, process.resourceUsage().maxRSS / 2 ** 10];
  process.send?.({ rssMiB, peakMiB });
});

const services = createServices({
  env: process.env,
  cwd: process.cwd(),
  clock: () => new Date(),
  lake,
  state,
});
const unlimited = { person: 1e9, token: 1e9, service: 1e9, address: 1e9 };
await runServer({
  services,
  host: "127.0.0.1",
  port: 0,
  uploadFolder: uploads,
  rulesFile: undefined,
  ratesFile: undefined,
  publicUrl: undefined,
  servicesFile: undefined,
  webFolder: undefined,
  trustProxy: false,
  policy: async () => DEFAULT_POLICY,
  hourlyCost: "100",
  env: process.env,
  cwd: process.cwd(),
  logLevel: "error",
  requestsPerMinute: unlimited,
  access: {
    authenticate: async ({ headers }) => ({
      kind: "person",
      personId: String(headers["x-bench-user"]),
      actor: String(headers["x-bench-user"]),
      role: "viewer",
      permissions: new Set(ROLE_PERMISSIONS.viewer),
      scope: "unrestricted",
    }),
  },
  signal: stopping.signal,
  onReady: (address) => process.send?.({ address }),
});
await services.close();
process.exit(0);
