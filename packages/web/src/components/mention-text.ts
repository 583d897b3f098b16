/** The name that is being typed before the caret, after an `@`; undefined: none is. */
export const typedMention = (text: string, caret: number): string | undefined =>
  /(?:^|[^\w@.])@([\w.+@-]*)$/.exec(text.slice(0, caret))?.[1];

/** The text with what was typed of a name replaced by the address, and where the caret then stands. */
export const withMention = (
  text: string,
  caret: number,
  address: string,
): { readonly text: string; readonly caret: number } => {
  const typed = typedMention(text, caret) ?? "";
  const before = `${text.slice(0, caret - typed.length)}${address} `;
  return { text: before + text.slice(caret).replace(/^ /, ""), caret: before.length };
};
