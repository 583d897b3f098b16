// npm run cluster:stop: ends the processes that cluster:start started, and no others.
import { parseArgs } from "node:util";
import { readName } from "./cluster-options.ts";
import { clusterErrors } from "./errors.ts";
import { reportFailure } from "./report-failure.ts";
import { stopCluster } from "./stop-cluster.ts";

const HELP = `Stops the cluster that cluster:start started, exactly its processes.

  npm run cluster:stop -- [options]

  --name NAME    default "default"
  --purge        removes its metastore, warehouse and logs, too; never the lake
`;

const readArguments = () => {
  const options = {
    name: { type: "string" },
    purge: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    return parseArgs({ options, strict: true }).values;
  } catch (error) {
    throw clusterErrors.create("CLUSTER_OPTION_INVALID", {
      option: "The command line",
      value: `read: ${error instanceof Error ? error.message : error}`,
      expected: "only options that --help shows",
    });
  }
};

try {
  const { name, purge, help } = readArguments();
  if (help) process.stdout.write(HELP);
  else {
    const ended = await stopCluster({ name: readName(name), purge: purge ?? false });
    process.stdout.write(ended === 0 ? "No cluster ran.\n" : `Ended ${ended} processes.\n`);
  }
} catch (error) {
  reportFailure(error);
}
