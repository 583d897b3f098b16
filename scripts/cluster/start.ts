// npm run cluster:start: says on standard output only the URL.
import { parseStartArguments, START_HELP } from "./cluster-options.ts";
import { reportFailure } from "./report-failure.ts";
import { startCluster } from "./start-cluster.ts";

const say = (line: string): void => void process.stderr.write(`${line}\n`);

try {
  const { help, name, timeoutMs, asked } = parseStartArguments(process.argv.slice(2));
  if (help) process.stdout.write(START_HELP);
  else {
    const { state, alreadyRan } = await startCluster({ name, asked, timeoutMs, say });
    say(
      alreadyRan ? "It runs already." : `All ${state.nodes.length} nodes are active. Logs: ${state.folder}`,
    );
    process.stdout.write(`${state.url}\n`);
  }
} catch (error) {
  reportFailure(error);
}
