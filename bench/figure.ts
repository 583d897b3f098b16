/** One measured figure. `goal` and `met` are null where the figure is reported without a goal. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit:
    | "ratio"
    | "ms"
    | "s"
    | "MiB"
    | "slope"
    | "rows/s"
    | "%"
    | "requests"
    | "KiB"
    | "points"
    | "messages/s";
  readonly goal: number | null;
  readonly met: boolean | null;
  readonly note: string;
  /** More is better: the goal is the least that it should be. */
  readonly isAtLeast?: true;
}

/** A figure that should be at least its goal. */
export const atLeast = (
  name: string,
  value: number,
  unit: Figure["unit"],
  goal: number,
  note: string,
): Figure => ({ ...atMost(name, value, unit, goal, note), met: value >= goal, isAtLeast: true });

/** A figure that should be at most its goal. */
export const atMost = (
  name: string,
  value: number,
  unit: Figure["unit"],
  goal: number | null,
  note: string,
): Figure => ({
  name,
  value: Math.round(value * 1000) / 1000,
  unit,
  goal,
  met: goal === null ? null : value <= goal,
  note,
});

/** Prints what a figure is too narrow for; left out of JSON lines. Each cell is text. */
export type PrintTable = (
  title: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
) => void;

/** Ready to be pasted into a guide, and readable as it stands; columns of numbers stand to the right. */
export const markdownTable = (header: readonly string[], rows: readonly (readonly string[])[]): string => {
  const isNumber = header.map((_, at) => rows.every((row) => /^[\d.,]+( \S+)?$/.test(row[at] ?? "")));
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(isNumber.map((yes) => (yes ? "---:" : "---"))), ...rows.map(line)].join("\n");
};

/** Prints one figure: a JSON line, or a line for people. A missed goal is printed, never hidden. */
export const printFigure = (figure: Figure, json: boolean): void => {
  if (json) {
    const { isAtLeast: _, ...line } = figure;
    console.log(JSON.stringify(line));
    return;
  }
  const goal =
    figure.goal === null
      ? ""
      : `  goal ${figure.isAtLeast ? "≥" : "≤"} ${figure.goal} ${figure.met ? "met" : "MISSED"}`;
  console.log(
    `${figure.name.padEnd(44)} ${String(figure.value).padStart(10)} ${figure.unit}${goal}  ${figure.note}`,
  );
};

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
};
