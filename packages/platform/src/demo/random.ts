/** A source of numbers in [0, 1) that is the same on every machine and in every run. */
export type Random = () => number;

/**
 * Numbers that follow from the seed's text alone. For shapes of demo data only, never for secrets.
 * @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md mulberry32 (read 2026-11-21)
 */
export function seededRandom(seed: string): Random {
  let state = hashOf(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Hexadecimal digits that follow from the seed, for ids that must look like the provider's. */
export function seededHex(seed: string, digits: number): string {
  const random = seededRandom(seed);
  let text = "";
  while (text.length < digits)
    text += Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, "0");
  return text.slice(0, digits);
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}
