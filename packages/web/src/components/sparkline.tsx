interface SparklineProps {
  readonly values: readonly (string | null)[];
  /** Read out instead of the picture. */
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
}

/** A trend as small as a word. Unknown values leave a gap. */
export const Sparkline = ({ values, label, width = 72, height = 22 }: SparklineProps) => {
  const numbers = values.map((value) => (value === null ? null : Number(value)));
  const known = numbers.filter((value) => value !== null);
  if (known.length < 2) return <span aria-hidden className="inline-block" style={{ width, height }} />;
  const least = Math.min(...known, 0);
  const span = Math.max(...known) - least || 1;
  const x = (index: number) => 2 + (index * (width - 4)) / (numbers.length - 1);
  const y = (value: number) => height - 3 - ((value - least) * (height - 6)) / span;
  let isDown = false;
  const path = numbers
    .map((value, index) => {
      if (value === null) {
        isDown = false;
        return "";
      }
      const step = `${isDown ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
      isDown = true;
      return step;
    })
    .join("");
  const last = numbers.at(-1);
  return (
    <svg role="img" aria-label={label} width={width} height={height} className="shrink-0 text-accent">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
      {typeof last === "number" && (
        <circle cx={x(numbers.length - 1)} cy={y(last)} r="2" fill="currentColor" />
      )}
    </svg>
  );
};
