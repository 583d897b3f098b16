/** From each state, those it may move to. */
export type Transitions<S extends string> = Readonly<Record<S, readonly S[]>>;

export function mayMove<S extends string>(moves: Transitions<S>, from: S, to: S): boolean {
  return moves[from].includes(to);
}
