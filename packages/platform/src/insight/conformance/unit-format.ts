const SIZES = ["b", "Kb", "Mb", "Gb", "Tb", "Pb", "Eb", "B", "KB", "MB", "GB", "TB", "PB", "EB"].concat([
  "Kib",
  "Mib",
  "Gib",
  "Tib",
  "Pib",
  "Eib",
  "KiB",
  "MiB",
  "GiB",
  "TiB",
  "PiB",
  "EiB",
]);
const TIMES = ["Year", "Month", "Day", "Hour", "Minute", "Second"];

/** Count-based units may be any capitalised noun, or several. */
const noun = "[A-Z][A-Za-z0-9]*( [A-Z][A-Za-z0-9]*)*";
const time = TIMES.join("|");
const times = TIMES.map((unit) => `${unit}s`).join("|");
const units = `(${SIZES.join("|")}|${noun})`;

/**
 * The formats of a unit of measure: units, units-times, units/time, each with a whole quantity before it, and
 * units/quantity times.
 * @see https://focus.finops.org/focus-specification/v1-2/#unit-format (read 2026-11-21)
 */
export const UNIT_FORMAT = `^([0-9]+ )?${units}(-(${times}|${noun})|/(${time})|/[0-9]+ (${times}))?$`;
