/** What exports write for "no value" besides the empty field; FOCUS requires null, many databases write their own word. */
export const NULL_TEXTS: readonly string[] = ["NULL", "null"];
