// The server over a lake, as `trimtab serve` runs it, and people who are signed in. Sends its address and their cookies to
// its parent.

import { DEFAULT_POLICY } from "../../packages/platform/src/apply/policy/policy.ts";
import { runServer } from "../../packages/platform/src/cli/serve/run-server.ts";
import { createServices } from "../../packages/platform/src/compose.ts";
import { signInPeople } from "../web/people.ts";

const [lake = "", state = "", uploads = "", people = "1"] = process.argv.slice(2);
const stopping = new AbortController();
process.on("SIGTERM", () => stopping.abort());
process.on("disconnect", () => stopping.abort());
process.on("message", (id) => {
  const { user, system } = process.cpuUsage();
  const { maxRSS } = process.resourceUsage();
  const rssMiB = process.memoryUsage.rss() / 2 ** 20;
  process.send?.({ id, rssMiB, peakMiB: maxRSS / 2 ** 10, cpuMs: (user + system) / 1000 });
});

const services = createServices({
  env: process.env,
  cwd: process.cwd(),
  clock: () => new Date(),
  lake,
  state,
});
const cookies = await signInPeople(await services.openState(), Number(people));
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
  logLevel: "info",
  requestsPerMinute: unlimited,
  signal: stopping.signal,
  onReady: (address) => process.send?.({ address, cookies }),
});
await services.close();
process.exit(0);
