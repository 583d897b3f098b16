import { execFile } from "node:child_process";
import { access, constants, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { packageCache, unpackPackages } from "../debian/unpack-packages.ts";
import { freePort, startServer } from "../objects/processes.ts";

const run = promisify(execFile);
const PACKAGE = "prometheus";

const holdsPrograms = (folder: string): Promise<boolean> =>
  Promise.all(["prometheus", "promtool"].map((name) => access(join(folder, name), constants.X_OK))).then(
    () => true,
    () => false,
  );

/** TRIMTAB_PROMETHEUS_BIN, PATH, then Debian's package unpacked into a cache. */
const findPrometheus = async (): Promise<string | undefined> => {
  const named = process.env.TRIMTAB_PROMETHEUS_BIN;
  const installed = named ? [named] : (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const folder = join(packageCache(), "prometheus");
  const unpacked = join(folder, "usr", "bin");
  for (const bin of [...installed, ...(named ? [] : [unpacked])]) if (await holdsPrograms(bin)) return bin;
  if (named || !(await unpackPackages([PACKAGE], folder))) return undefined;
  return (await holdsPrograms(unpacked)) ? unpacked : undefined;
};

export interface RunningPrometheus {
  readonly url: string;
  stop(): Promise<void>;
}

export interface PrometheusOptions {
  /** What it holds from the start: OpenMetrics text with times. */
  readonly history?: string;
  /** What it scrapes, twice a second. */
  readonly scrapes?: string;
}

const scraping = (address: string | undefined): string =>
  address === undefined
    ? "scrape_configs: []\n"
    : JSON.stringify({
        scrape_configs: [
          {
            job_name: "scraped",
            scrape_interval: "500ms",
            scrape_timeout: "500ms",
            static_configs: [{ targets: [address] }],
          },
        ],
      });

/** A Prometheus on loopback; or why there is none. */
export const startPrometheus = async ({
  history,
  scrapes,
}: PrometheusOptions): Promise<RunningPrometheus | { readonly skipped: string }> => {
  const bin = await findPrometheus();
  if (bin === undefined)
    return {
      skipped: "Prometheus is not installed, and apt-get can't fetch it (set TRIMTAB_PROMETHEUS_BIN)",
    };
  const folder = await mkdtemp(join(tmpdir(), "trimtab-prometheus-"));
  const [input, data, config] = ["history.om", "data", "prometheus.yml"].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  try {
    await writeFile(config, scraping(scrapes));
    if (history !== undefined) {
      await writeFile(input, history);
      await run(join(bin, "promtool"), ["tsdb", "create-blocks-from", "openmetrics", input, data]);
    }
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const args = [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      "--storage.tsdb.retention.time=100y",
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    const server = await startServer(join(bin, "prometheus"), args, { url: `${url}/-/ready` });
    const stop = async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    };
    return { url, stop };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
};
