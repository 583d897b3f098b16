/** From where to where a gauge goes, so that its limit stands at two thirds and what is beyond it still has room. */
export const gaugeScale = (limit: number, value: number | null) => {
  const least = Math.min(0, limit * 1.5, value ?? 0);
  const most = Math.max(limit * 1.5, (value ?? 0) * 1.08, 0);
  const span = most - least || 1;
  return { least, most, at: (number: number) => Math.min(1, Math.max(0, (number - least) / span)) };
};
