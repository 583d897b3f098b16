/** The candidate that `typed` was most likely meant to be, or undefined where none is near. */
export function suggest(typed: string, candidates: Iterable<string>): string | undefined {
  const wanted = typed.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = distanceOf(wanted, candidate.toLowerCase());
    if (distance <= limit && (best === undefined || distance < best.distance)) best = { candidate, distance };
  }
  return best?.candidate;
}

/** The suggestion as the start of a hint: `Did you mean "analyze"? `, or nothing. */
export function didYouMean(typed: string, candidates: Iterable<string>, prefix = ""): string {
  const found = suggest(typed, candidates);
  return found === undefined ? "" : `Did you mean "${prefix}${found}"? `;
}

/**
 * Edits between two words where swapping neighbours counts once; a word that the other starts with counts one.
 * @see optimal string alignment distance, https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance, 2026-06
 */
function distanceOf(a: string, b: string): number {
  if (a.length >= 3 && b.startsWith(a)) return 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let distance = Math.min(at(previous, j) + 1, at(current, j - 1) + 1, at(previous, j - 1) + cost);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) distance = Math.min(distance, at(beforePrevious, j - 2) + 1);
      current.push(distance);
    }
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY;
