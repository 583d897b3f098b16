const SPARKS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"] as const;

/** A height for drawing: the only place where an amount may lose digits, since a pixel has none. */
const height = (text: string | null): number | undefined => {
  const value = text === null ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
};

/**
 * One bar a value, the highest full. The floor lies as far below the lowest as that lies below the highest, but not
 * below zero, so that small changes show and a doubling still looks like one. A gap is a space.
 */
export function sparkline(series: readonly (string | null)[], maxWidth: number): string {
  const values = resample(series.map(height), maxWidth);
  const present = values.filter((value) => value !== undefined);
  if (present.length === 0) return "";
  const top = Math.max(...present);
  const low = Math.min(...present);
  const floor = low < 0 ? low : Math.max(0, low - (top - low));
  const level = (value: number) =>
    top === floor ? (top === 0 ? 0 : 3) : Math.round(((value - floor) / (top - floor)) * (SPARKS.length - 1));
  return values.map((value) => (value === undefined ? " " : SPARKS[level(value)])).join("");
}

/** A bar of `ratio` of the width, to an eighth of a column; nothing for what is not between 0 and 1. */
export function shareBar(ratio: string, width: number): string {
  const value = height(ratio) ?? 0;
  const eighths = Math.round(Math.min(1, Math.max(0, value)) * width * EIGHTHS.length);
  const visible = value > 0 ? Math.max(1, eighths) : 0;
  return "█".repeat(Math.floor(visible / EIGHTHS.length)) + (EIGHTHS[visible % EIGHTHS.length] ?? "");
}

/** Neighbours share a column, as their mean, where there are more values than columns. */
function resample(values: readonly (number | undefined)[], maxWidth: number): (number | undefined)[] {
  if (values.length <= maxWidth) return [...values];
  return Array.from({ length: maxWidth }, (_, column) => {
    const from = Math.floor((column * values.length) / maxWidth);
    const to = Math.floor(((column + 1) * values.length) / maxWidth);
    const present = values.slice(from, to).filter((value) => value !== undefined);
    if (present.length === 0) return undefined;
    return present.reduce((sum, value) => sum + value, 0) / present.length;
  });
}
