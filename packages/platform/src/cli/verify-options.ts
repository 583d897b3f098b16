import { cliErrors } from "./errors.ts";

/** `NAME:5%`, `NAME:-5%`, `NAME:+-5%`, `NAME:0.001`, each with `{label=value,…}` behind the name if needed. */
export interface MetricOption {
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly margin: {
    readonly kind: "share" | "absolute";
    readonly size: number;
    readonly worse: "higher" | "lower" | "either";
  };
}

const FORM = /^([a-z][a-z0-9_-]*)(?:\{([^{}]*)\})?:(\+-|±|-|\+)?(\d+(?:\.\d+)?)(%)?$/;

const labelsOf = (text: string, value: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text.split(",").map((pair) => {
      const at = pair.indexOf("=");
      if (at < 1) throw cliErrors.create("CLI_METRIC_INVALID", { value });
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );

/** What `--metric` says: which metric, and how much worse it may get. @throws CLI_METRIC_INVALID */
export const metricOption = (value: string): MetricOption => {
  const found = FORM.exec(value);
  if (found === null) throw cliErrors.create("CLI_METRIC_INVALID", { value });
  const [, id = "", labels, way, size = "", percent] = found;
  const number = Number(size);
  if (number === 0) throw cliErrors.create("CLI_METRIC_INVALID", { value });
  const worse = way === "-" ? "lower" : way === "+-" || way === "±" ? "either" : "higher";
  return {
    id,
    labels: labels ? labelsOf(labels, value) : {},
    margin:
      percent === undefined
        ? { kind: "absolute", size: number, worse }
        : { kind: "share", size: number / 100, worse },
  };
};
