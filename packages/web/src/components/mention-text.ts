/** What may be a name, or its beginning, between an `@` and the caret; names have spaces. Undefined: no `@`. */
export const typedMention = (text: string, caret: number): string | undefined =>
  /(?:^|[^\p{L}\p{N}_@.])@((?:[^\s@][^@\n]{0,60})?)$/u.exec(text.slice(0, caret))?.[1];

/** The text with what was typed of a name replaced by all of it, and where the caret then stands. */
export const withMention = (
  text: string,
  caret: number,
  name: string,
): { readonly text: string; readonly caret: number } => {
  const typed = typedMention(text, caret) ?? "";
  const before = `${text.slice(0, caret - typed.length)}${name} `;
  return { text: before + text.slice(caret).replace(/^ /, ""), caret: before.length };
};
