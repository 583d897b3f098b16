const SPECIAL = /[&<>"]/;
const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** What no XML may hold, in whatever form. */
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** A text as XML holds it, in an element or an attribute. */
export const xmlText = (text: string): string => {
  const clean = text.toWellFormed().replace(FORBIDDEN, "");
  return SPECIAL.test(clean) ? clean.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign) : clean;
};
