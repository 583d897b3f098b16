/** Times with a payload, earliest first. */
export class TimeHeap<T> {
  readonly #times: number[] = [];
  readonly #items: T[] = [];

  get next(): number {
    return this.#times[0] ?? Number.POSITIVE_INFINITY;
  }

  push(time: number, item: T): void {
    let at = this.#times.length;
    this.#times.push(time);
    this.#items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.#times[parent] as number) <= time) break;
      this.#times[at] = this.#times[parent] as number;
      this.#items[at] = this.#items[parent] as T;
      at = parent;
    }
    this.#times[at] = time;
    this.#items[at] = item;
  }

  pop(): T {
    const top = this.#items[0] as T;
    const time = this.#times.pop() as number;
    const item = this.#items.pop() as T;
    const size = this.#times.length;
    if (size === 0) return top;
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && (this.#times[child + 1] as number) < (this.#times[child] as number)) child += 1;
      if ((this.#times[child] as number) >= time) break;
      this.#times[at] = this.#times[child] as number;
      this.#items[at] = this.#items[child] as T;
      at = child;
    }
    this.#times[at] = time;
    this.#items[at] = item;
    return top;
  }
}
