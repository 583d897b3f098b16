/**
 * From where to where a gauge goes, so that its limit stands at two thirds and what is beyond it still has room. What has to
 * stay near a whole, such as an availability of 0.999, is drawn by what is missing to it.
 */
export const gaugeScale = (limit: number, value: number | null, comparison = "<=") => {
  const { least, most } = endsOf(limit, value, comparison);
  const span = most - least || 1;
  return { least, most, at: (number: number) => Math.min(1, Math.max(0, (number - least) / span)) };
};

const endsOf = (limit: number, value: number | null, comparison: string) =>
  comparison.startsWith(">") && limit > 0.5 && limit < 1
    ? { least: limit - 2 * (1 - limit), most: Math.max(1, value ?? 1) }
    : {
        least: Math.min(0, limit * 1.5, value ?? 0),
        most: Math.max(limit * 1.5, (value ?? 0) * 1.08, 0),
      };
