/** The value that a share `p` of the list does not exceed: an order statistic, nothing is interpolated. */
export const quantile = (values: readonly number[], p: number): number | null => {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const index = Math.ceil(p * sorted.length) - 1;
  return sorted[Math.min(sorted.length - 1, Math.max(0, index))] as number;
};

export const median = (values: readonly number[]): number | null => quantile(values, 0.5);

/** 1.4826: with it the median of absolute deviations estimates the standard deviation of a normal sample. */
const MAD_TO_SD = 1.4826;

/** Standard deviation that outliers do not move. */
export const robustSd = (values: readonly number[]): number | null => {
  const middle = median(values);
  if (middle === null) return null;
  const deviation = median(values.map((value) => Math.abs(value - middle)));
  return deviation === null ? null : deviation * MAD_TO_SD;
};
