// Brings to this machine what the tests of clusters, buckets and CLIs download at their first run, so that `.ci/run` can wait
// for the network while it tests. What can't be had is said by the tests themselves.
import { installAwsCli } from "./clis/find-clis.ts";
import { findJava } from "./cluster/find-java.ts";
import { cacheFolder } from "./cluster/folders.ts";
import { installTrino } from "./cluster/install-trino.ts";
import { installMoto } from "./objects/moto.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const installs = [
  async () => installTrino({ cache: cacheFolder(), java: await findJava(), say }),
  installMoto,
  installAwsCli,
];
for (const result of await Promise.allSettled(installs.map((install) => install())))
  if (result.status === "rejected") say(String(result.reason));
