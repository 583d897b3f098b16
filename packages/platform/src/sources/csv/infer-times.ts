interface TimeShape {
  readonly format: string;
  readonly pattern: RegExp;
}

/** What providers write, those that can be read in one way only first. */
const SHAPES: readonly TimeShape[] = [
  { format: "%Y-%m-%dT%H:%M:%SZ", pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/ },
  { format: "%Y-%m-%dT%H:%MZ", pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/ },
  { format: "%Y-%m-%dT%H:%M:%S.%fZ", pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d+Z$/ },
  { format: "%Y-%m-%dT%H:%M:%S", pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/ },
  { format: "%Y-%m-%d %H:%M:%S", pattern: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/ },
  { format: "%Y-%m-%d %H:%M:%S UTC", pattern: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} UTC$/ },
  { format: "%Y-%m-%d %H:%M:%S +0000 UTC", pattern: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} \+0000 UTC$/ },
  { format: "%Y-%m-%d", pattern: /^\d{4}-\d{2}-\d{2}$/ },
  { format: "%Y%m%d", pattern: /^\d{4}(0\d|1[0-2])([0-2]\d|3[01])$/ },
  { format: "%d.%m.%Y", pattern: /^\d{1,2}\.\d{1,2}\.\d{4}$/ },
  { format: "%d-%b-%Y", pattern: /^\d{1,2}-[A-Z][a-z]{2}-\d{4}$/ },
];

const SLASHES = /^(\d{1,2})\/(\d{1,2})\/\d{4}( \d{1,2}:\d{2}(:\d{2})?)?$/;

/** Orders of day and month that depend on the country are told only by a number above 12. */
const slashed = (values: readonly string[]): { formats: readonly string[]; note: string } | undefined => {
  const matches = values.map((value) => SLASHES.exec(value));
  const known = matches.filter((match) => match !== null);
  if (known.length === 0) return undefined;
  const clock = known.some((match) => match[4])
    ? " %H:%M:%S"
    : known.some((match) => match[3])
      ? " %H:%M"
      : "";
  const dayFirst = known.some((match) => Number(match[1]) > 12);
  const monthFirst = known.some((match) => Number(match[2]) > 12);
  if (dayFirst) return { formats: [`%d/%m/%Y${clock}`], note: "day before month, as the sample shows" };
  const note = monthFirst
    ? "month before day, as the sample shows"
    : "the sample does not tell whether day or month comes first (%d/%m or %m/%d)";
  return { formats: [`%m/%d/%Y${clock}`], note };
};

/** The formats that the sample's dates are written in. */
export const inferTimes = (values: readonly string[]): { formats: readonly string[]; note: string } => {
  const formats = SHAPES.filter(({ pattern }) => values.some((value) => pattern.test(value))).map(
    ({ format }) => format,
  );
  if (formats.length > 0) return { formats, note: "the formats of the sample" };
  return (
    slashed(values) ?? {
      formats: ["%Y-%m-%d"],
      note: "no date of the sample could be read; say how they are written",
    }
  );
};
