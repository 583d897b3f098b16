import { expect } from "vitest";

/**
 * What a server said is kept, and what it died over. Of each key the newest acknowledged content must be there; or the one
 * that was asked for when the server died, whole; where nothing was acknowledged, nothing may be there either.
 */
export class Claims {
  readonly #kept = new Map<string, string>();
  readonly #doubted = new Map<string, string>();
  acknowledged = 0;
  /** Changes that a death met, unanswered: some were kept by then, some not. */
  metKept = 0;
  metLost = 0;

  /** Before it is asked for. */
  ask(key: string, content: string): void {
    this.#doubted.set(key, content);
  }

  acknowledge(key: string, content: string): void {
    this.#doubted.delete(key);
    this.#kept.set(key, content);
    this.acknowledged += 1;
  }

  /** It was refused, so nothing changed. */
  refuse(key: string): void {
    this.#doubted.delete(key);
  }

  /** Was there before anybody asked. */
  begin(key: string, content: string): void {
    this.#kept.set(key, content);
  }

  keys(): readonly string[] {
    return [...this.#kept.keys()].filter((key) => !this.#doubted.has(key));
  }

  /** @param found what is there now, key by content */
  settle(found: ReadonlyMap<string, string>, about: string): void {
    for (const [key, doubted] of this.#doubted) {
      const now = found.get(key);
      if (now === doubted) {
        this.#kept.set(key, doubted);
        this.metKept += 1;
      } else this.metLost += 1;
    }
    this.#doubted.clear();
    expect(new Map([...found].toSorted()), about).toEqual(new Map([...this.#kept].toSorted()));
  }
}
