import type { Instant } from "@trimtab/domain";

/** A company whose bills can be tried. */
export interface DemoCompany {
  readonly id: string;
  readonly title: string;
  readonly format: string;
}

export interface FilledDemo {
  /** As of when its resources were read and can be advised on; absent: it has none. */
  readonly readAt?: Instant;
}

/** Makes bills of invented companies; handed in, as it knows more than the server may. */
export interface DemoFiller {
  readonly companies: readonly DemoCompany[];
  /** Writes the company's files into the folder and loads them into the server's lake. */
  fill(
    id: string,
    folder: string,
    onStep: (step: string, done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<FilledDemo>;
}
