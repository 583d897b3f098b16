/** How much of a value is shown to recognition. */
const EXCERPT_CHARACTERS = 4000;

/**
 * The keys of a JSON object that is longer than one line or than the head of a file, with the beginning of each value:
 * enough to recognise a document that is not a record a line.
 */
export const documentKeys = (head: string): Readonly<Record<string, string>> => {
  const found: Record<string, string> = {};
  let depth = 0;
  let index = head.indexOf("{");
  while (index >= 0 && index < head.length) {
    const character = head[index];
    if (character === '"') {
      const end = stringEnd(head, index);
      const colon = depth === 1 ? /^\s*:\s*/.exec(head.slice(end, end + 100)) : null;
      if (colon !== null) {
        const start = end + colon[0].length;
        found[head.slice(index + 1, end - 1)] = head.slice(start, start + EXCERPT_CHARACTERS);
      }
      index = end;
      continue;
    }
    if (character === "{" || character === "[") depth += 1;
    if (character === "}" || character === "]") depth -= 1;
    if (depth === 0) break;
    index += 1;
  }
  return found;
};

/** Position after the closing quote of the string that begins at `start`; the end where it is cut off. */
const stringEnd = (text: string, start: number): number => {
  for (let index = start + 1; index < text.length; index += 1) {
    if (text[index] === "\\") index += 1;
    else if (text[index] === '"') return index + 1;
  }
  return text.length;
};
