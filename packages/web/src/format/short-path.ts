const LONGEST = 44;

/** Paths of resources begin alike and differ at their ends: of a long one the last two parts are kept. */
export const shortPath = (value: string): string => {
  const parts = value.split("/");
  return value.length > LONGEST && parts.length > 3 ? `…/${parts.slice(-2).join("/")}` : value;
};
