import { createHash } from "node:crypto";
import type { Lake } from "../../lake/lake.ts";
import type { QueryEngine } from "../../query/engines/engine.ts";
import { serverErrors } from "../errors.ts";
import type { LakeWatch } from "../lake-watch.ts";
import { createAnswerCache } from "./answer-cache.ts";
import { createFairQueue } from "./fair-queue.ts";

/** What work at the desk reads the lake with: every statement waits for its owner's turn. */
export interface DeskTools {
  readonly engine: QueryEngine;
  readonly lake: Lake;
  /** Aborted once nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

export interface DeskRequest {
  /** Whose turn it takes: a person or a token. */
  readonly owner: string;
  /**
   * All that the answer depends on, the scope of the caller and every version included: whoever asks with the same key may be
   * given the same answer.
   */
  readonly key: string;
  /** Of the one who asks. */
  readonly signal: AbortSignal;
  /** Its few statements, which may read charges, follow each other in one turn; else each waits for a turn of its own. */
  readonly isOneTurn?: boolean;
}

/** Where questions are answered: each once at a time, from the cache where it was answered before, few at once. */
export interface QueryDesk {
  /**
   * The answer of `work`, or the one that was or is being made for the same key. It is shared: nobody may change it.
   * @throws SERVER_BUSY, SERVER_CANCELLED, and what `work` throws
   */
  ask<T extends object>(request: DeskRequest, work: (tools: DeskTools) => Promise<T>): Promise<T>;
  /** For work that keeps or changes something, whose answer is nobody else's: its statements take turns like all others. */
  open(request: Pick<DeskRequest, "owner" | "signal">): DeskTools;
  readonly figures: DeskFigures;
}

/** Since the start; for the log and for tests. */
export interface DeskFigures {
  readonly asked: number;
  readonly fromCache: number;
  readonly shared: number;
  readonly refused: number;
  readonly interrupted: number;
  readonly underWay: number;
  readonly cachedBytes: number;
}

export interface DeskOptions {
  readonly engine: QueryEngine;
  readonly lake: Lake;
  /** Manifests are kept, so that no question reads them again. */
  readonly watch: Pick<LakeWatch, "newest" | "at">;
  /** Statements that run at a time; one of the places is kept for those that rollups answer. */
  readonly atOnce: number;
  /** Questions under way, those that wait included; more are refused. */
  readonly mostUnderWay: number;
  /** Of these, so many of one owner. */
  readonly mostOfOwner: number;
  /** Memory that kept answers may take. */
  readonly cacheBytes: number;
}

interface Flight {
  readonly answer: Promise<object>;
  readonly controller: AbortController;
  waiting: number;
}

export const createQueryDesk = (options: DeskOptions): QueryDesk => {
  const cache = createAnswerCache(options.cacheBytes);
  const queue = createFairQueue(options.atOnce);
  const flights = new Map<string, Flight>();
  const underWayOf = new Map<string, number>();
  const count = { asked: 0, fromCache: 0, shared: 0, refused: 0, interrupted: 0 };

  const admit = (owner: string): void => {
    const own = underWayOf.get(owner) ?? 0;
    if (flights.size >= options.mostUnderWay || own >= options.mostOfOwner) {
      count.refused += 1;
      throw serverErrors.create("SERVER_BUSY", { waiting: flights.size });
    }
    underWayOf.set(owner, own + 1);
  };
  const release = (owner: string): void => {
    const left = (underWayOf.get(owner) ?? 1) - 1;
    if (left === 0) underWayOf.delete(owner);
    else underWayOf.set(owner, left);
  };

  const turnsOf =
    (owner: string, signal: AbortSignal): InTurn =>
    (isSmall, run) =>
      queue.run(owner, isSmall, run, signal);

  /** Does the work, whose statements wait for their turns, or which waits for its only one. */
  const inTurns = <T>(
    { owner, isOneTurn }: DeskRequest,
    signal: AbortSignal,
    work: (tools: DeskTools) => Promise<T>,
  ): Promise<T> =>
    isOneTurn === true
      ? queue.run(owner, false, () => work(toolsFor(options, (_, run) => run(), signal)), signal)
      : work(toolsFor(options, turnsOf(owner, signal), signal));

  const start = (request: DeskRequest, id: string, work: (tools: DeskTools) => Promise<object>): Flight => {
    const { owner } = request;
    admit(owner);
    const controller = new AbortController();
    const { signal } = controller;
    const answer = Promise.resolve()
      .then(() => inTurns(request, signal, work))
      .then((made) => {
        cache.put(id, made, sizeOf(made));
        return made;
      })
      .finally(() => {
        if (flights.get(id)?.controller === controller) flights.delete(id);
        release(owner);
      });
    // Everybody may have left by the time that it fails.
    answer.catch(() => undefined);
    const flight: Flight = { answer, controller, waiting: 0 };
    flights.set(id, flight);
    return flight;
  };

  const join = async (id: string, flight: Flight, signal: AbortSignal): Promise<object> => {
    flight.waiting += 1;
    let leave = (): void => undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(serverErrors.create("SERVER_CANCELLED"));
      signal.addEventListener("abort", leave, { once: true });
    });
    try {
      return await Promise.race([flight.answer, left]);
    } finally {
      signal.removeEventListener("abort", leave);
      flight.waiting -= 1;
      if (flight.waiting === 0 && flights.get(id) === flight) {
        // Who asks the same from now on starts anew, whatever becomes of this one.
        flights.delete(id);
        count.interrupted += 1;
        flight.controller.abort(serverErrors.create("SERVER_CANCELLED"));
      }
    }
  };

  return {
    get figures() {
      return { ...count, underWay: flights.size, cachedBytes: cache.bytes };
    },
    open: ({ owner, signal }) => toolsFor(options, turnsOf(owner, signal), signal),
    ask: async <T extends object>(
      request: DeskRequest,
      work: (tools: DeskTools) => Promise<T>,
    ): Promise<T> => {
      const { key, signal } = request;
      count.asked += 1;
      if (signal.aborted) throw serverErrors.create("SERVER_CANCELLED");
      const id = createHash("sha256").update(key).digest("base64");
      const cached = cache.get(id);
      if (cached !== undefined) {
        count.fromCache += 1;
        return cached as T;
      }
      const flying = flights.get(id);
      if (flying !== undefined) count.shared += 1;
      return (await join(id, flying ?? start(request, id, work), signal)) as T;
    },
  };
};

/**
 * Bytes of memory for each of its JSON, measured: 3.2 for the answer with its many short texts, one for the JSON that is kept
 * to be sent, and a fifth for that compressed. Counted as one, the cache would take four times what it may.
 */
const HELD_PER_BYTE = 4.4;

const sizeOf = (answer: object): number => Math.ceil(JSON.stringify(answer).length * HELD_PER_BYTE);

type InTurn = <T>(isSmall: boolean, run: () => Promise<T>) => Promise<T>;

/** The lake and its engine, whose statements take turns. */
const toolsFor = ({ engine, lake, watch }: DeskOptions, inTurn: InTurn, signal: AbortSignal): DeskTools => {
  const snapshot = (version?: number) => (version === undefined ? watch.newest() : watch.at(version));
  return {
    engine: {
      ...engine,
      snapshot,
      run: (sql, options) => inTurn(options?.isSmall === true, () => engine.run(sql, options)),
    },
    lake: {
      ...lake,
      snapshot,
      run: (statement, options) => inTurn(false, () => lake.run(statement, options)),
      survey: (inputs, options) => inTurn(false, () => lake.survey(inputs, options)),
    },
    signal,
  };
};
