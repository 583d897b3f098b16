/**
 * What follows from an answer and from nothing else, made once for as long as the answer is kept. So it is one object, too,
 * whose text and compressed bytes are kept with it (see send-json.ts).
 */
export const deriving = <A extends object, R extends object, Given extends readonly unknown[] = []>(
  make: (answer: A, ...given: Given) => R,
): ((answer: A, ...given: Given) => R) => {
  const made = new WeakMap<A, R>();
  return (answer, ...given) => {
    const known = made.get(answer);
    if (known !== undefined) return known;
    const own = make(answer, ...given);
    made.set(answer, own);
    return own;
  };
};
