/** The start of a hint, `Did you mean ServiceName? `, or nothing where no name is near. */
export const didYouMean = (typed: string, names: Iterable<string>): string => {
  const found = nearestName(typed, names);
  return found === undefined ? "" : `Did you mean ${found}? `;
};

/** The name that was most likely meant: at most a third of its letters differ, or it starts with what was typed. */
const nearestName = (typed: string, names: Iterable<string>): string | undefined => {
  const wanted = typed.toLowerCase();
  let best: { readonly name: string; readonly edits: number } | undefined;
  for (const name of names) {
    const candidate = name.toLowerCase();
    const edits = wanted.length >= 3 && candidate.startsWith(wanted) ? 1 : editsBetween(wanted, candidate);
    if (edits <= Math.max(1, Math.floor(wanted.length / 3)) && (best === undefined || edits < best.edits)) {
      best = { name, edits };
    }
  }
  return best?.name;
};

/** @see Levenshtein distance with one row of memory, https://en.wikipedia.org/wiki/Levenshtein_distance, 2026-06 */
const editsBetween = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swap));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};
