/** The name that was most likely meant: at most a third of its letters differ, or it starts with what was typed. */
export const nearestName = (typed: string, names: Iterable<string>): string | undefined => {
  const wanted = typed.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let best: { readonly name: string; readonly edits: number } | undefined;
  for (const name of names) {
    const edits = editsBetween(wanted, name.toLowerCase());
    if (edits <= limit && (best === undefined || edits < best.edits)) best = { name, edits };
  }
  return best?.name;
};

/** The start of a hint, `Did you mean "analyze"? `, or nothing where no name is near. */
export const didYouMean = (typed: string, names: Iterable<string>, prefix = ""): string => {
  const found = nearestName(typed, names);
  return found === undefined ? "" : `Did you mean "${prefix}${found}"? `;
};

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY;

/**
 * Edits between two words where swapping neighbours counts once; a word that the other starts with counts one.
 * @see optimal string alignment distance, https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance, 2026-06
 */
const editsBetween = (a: string, b: string): number => {
  if (a.length >= 3 && b.startsWith(a)) return 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const edits = Math.min(at(previous, j) + 1, at(current, j - 1) + 1, at(previous, j - 1) + cost);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      current.push(isSwapped ? Math.min(edits, at(beforePrevious, j - 2) + 1) : edits);
    }
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, b.length);
};
