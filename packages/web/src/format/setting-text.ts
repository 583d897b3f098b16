/** A setting's value as people read it. */
export const settingText = (value: unknown): string =>
  value === null || value === undefined
    ? "not set"
    : typeof value === "string"
      ? value
      : JSON.stringify(value);
