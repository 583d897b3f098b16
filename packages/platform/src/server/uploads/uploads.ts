import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type Clock, type Instant, instantOf } from "@trimtab/domain";
import type { z } from "zod";
import type { Lake } from "../../lake/lake.ts";
import type { SourceDefinition } from "../../lake/source-definition.ts";
import type { uploadSchema } from "../contracts/uploads.ts";
import type { DemoFiller } from "../demo.ts";
import { serverErrors } from "../errors.ts";
import type { EventHub } from "../events/event-hub.ts";
import type { LakeWatch } from "../lake-watch.ts";
import type { ServerLog } from "../parts.ts";
import { toProblem } from "../problem.ts";
import { loadUpload } from "./load-upload.ts";
import { safeName } from "./safe-name.ts";
import type { UnpackLimits } from "./unpack.ts";
import type { UploadRecord } from "./upload-record.ts";
import type { UploadStore } from "./upload-store.ts";

export type Upload = z.output<typeof uploadSchema>;

export interface UploadLimits extends UnpackLimits {
  /** Of one file as it is sent. */
  readonly mostSentBytes: number;
  /** Uploads that wait to be loaded. */
  readonly mostWaiting: number;
  /** Files of loaded uploads are kept, so that they can be reconciled with the lake, the newest up to so many bytes. */
  readonly keptBytes: number;
}

/** Bills that come in over HTTP: kept first, then loaded one after the other. */
export interface Uploads {
  readonly mostSentBytes: number;
  /** @throws UPLOAD_TOO_LARGE, UPLOAD_EMPTY, UPLOAD_CUT_SHORT, UPLOADS_FULL, LAKE_DISK_FULL */
  receive(file: SentFile): Promise<Upload>;
  /** @throws DEMO_NOT_POSSIBLE */
  fillWithDemo(estate: string, actor: string): Promise<Upload>;
  isDemoPossible(): Promise<boolean>;
  list(): Promise<readonly Upload[]>;
  read(id: string): Promise<Upload | undefined>;
  /** Goes on with what a process that died had in hand. */
  start(): Promise<void>;
  /** Lets what is being loaded stop cleanly: it is loaded again at the next start. */
  close(): Promise<void>;
}

export interface SentFile {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly declaredBytes: number | undefined;
  readonly actor: string;
  readonly source: string | undefined;
  readonly exportName: string | undefined;
  readonly isPartial: boolean;
}

export interface UploadsOptions {
  readonly store: UploadStore;
  readonly lake: Lake;
  readonly sources: Readonly<Record<string, SourceDefinition>>;
  readonly watch: LakeWatch;
  readonly events: EventHub;
  readonly demo: DemoFiller;
  /** Keeps what the advisors say as of a moment. */
  adviseAt(moment: Instant, signal: AbortSignal): Promise<void>;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly limits: UploadLimits;
}

const TELL_EVERY_MS = 250;
const TOUCH_EVERY_MS = 20_000;
const LOOK_EVERY_MS = 60_000;
const LISTED = 50;

export const createUploads = (options: UploadsOptions): Uploads => {
  const { store, lake, watch, events, demo, clock, log, limits } = options;
  const stopping = new AbortController();
  const waiting: UploadRecord[] = [];
  /** How far those are that this process loads. */
  const steps = new Map<string, Pick<Upload, "step" | "done" | "total">>();
  let working: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const uploadOf = (record: UploadRecord): Upload => {
    const { file: _f, source: _s, exportName: _e, isPartial: _p, estate: _d, holder: _h, ...shown } = record;
    return { ...shown, ...(steps.get(record.id) ?? { step: null, done: 0, total: 0 }) };
  };
  const tell = (record: UploadRecord): void =>
    events.publish(
      { type: "upload", upload: uploadOf(record) },
      ({ permissions, scope }) => permissions.has("ingest") && scope === "unrestricted",
    );

  const load = async (record: UploadRecord): Promise<void> => {
    let current: UploadRecord = { ...record, status: "loading" };
    let told = 0;
    const onProgress = (step: string, done: number, total: number): void => {
      const isNew = steps.get(record.id)?.step !== step;
      steps.set(record.id, { step, done, total });
      if (!isNew && performance.now() - told < TELL_EVERY_MS) return;
      told = performance.now();
      tell(current);
    };
    const beat = setInterval(() => void store.touch(record.id), TOUCH_EVERY_MS);
    try {
      await store.write(current);
      tell(current);
      const result = await loadOne(record, onProgress);
      current = { ...current, status: "loaded", result };
    } catch (error) {
      // It stays in hand: the next start loads it.
      if (stopping.signal.aborted) return;
      const { code, title, detail, hint } = toProblem(error, record.id);
      current = { ...current, status: "failed", problem: { code, title, detail, hint }, file: null };
      log.warn(
        { upload: record.id, code, err: code === "SERVER_FAULT" ? error : undefined },
        "An upload failed",
      );
      if (record.file !== null) await removeFiles(record);
    } finally {
      clearInterval(beat);
      steps.delete(record.id);
    }
    await store.write(current);
    await watch.refresh();
    tell(current);
  };

  const loadOne = async (
    record: UploadRecord,
    onProgress: (step: string, done: number, total: number) => void,
  ): Promise<NonNullable<UploadRecord["result"]>> => {
    const folder = store.folderOf(record.id);
    const { signal } = stopping;
    if (record.estate === null)
      return await loadUpload(record, folder, { ...options, lake, clock, limits, signal, onProgress });
    const { readAt } = await demo.fill(record.estate, folder, onProgress, signal);
    await watch.refresh();
    if (readAt !== undefined) {
      onProgress("looking for savings", 0, 1);
      await options.adviseAt(readAt, signal);
    }
    const { version, manifest } = await lake.snapshot();
    const loads = manifest.loads.map(({ instance, billingPeriod, rows }) => ({
      instance,
      billingPeriod,
      rows,
      replaced: false,
    }));
    const rows = loads.reduce((sum, one) => sum + one.rows, 0);
    return { lakeVersion: version, rows, quarantined: 0, loads, others: [], notes: [] };
  };

  const removeFiles = async ({ id, file }: UploadRecord): Promise<void> => {
    const folder = store.folderOf(id);
    await rm(join(folder, file ?? ""), { force: true }).catch(() => undefined);
    await rm(join(folder, "unpacked"), { recursive: true, force: true }).catch(() => undefined);
  };

  /** The oldest files go first; their records stay. */
  const letGo = async (): Promise<void> => {
    let kept = 0;
    for (const record of await store.list()) {
      if (record.status !== "loaded" || record.file === null) continue;
      kept += record.bytes;
      if (kept <= limits.keptBytes) continue;
      await removeFiles(record);
      await store.write({ ...record, file: null });
    }
  };

  const work = async (): Promise<void> => {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      if (stopping.signal.aborted) return;
      await load(next).catch((error: unknown) =>
        log.error({ upload: next?.id, err: error }, "An upload's record can't be written"),
      );
      waiting.shift();
    }
    await letGo();
  };
  const enqueue = (records: readonly UploadRecord[]): void => {
    waiting.push(...records);
    if (waiting.length === 0) return;
    working ??= work()
      .catch((error: unknown) => log.error({ err: error }, "Uploads can't be tidied"))
      .finally(() => {
        working = undefined;
        // Something may have come between the last look and now.
        if (waiting.length > 0 && !stopping.signal.aborted) enqueue([]);
      });
  };

  const recordOf = (given: Pick<UploadRecord, "name" | "kind" | "by"> & Partial<UploadRecord>) => ({
    receivedAt: instantOf(clock()),
    status: "waiting" as const,
    result: null,
    problem: null,
    source: null,
    exportName: null,
    isPartial: false,
    estate: null,
    ...given,
  });

  const isDemoPossible = async (): Promise<boolean> => {
    const { manifest } = await watch.newest();
    return manifest.loads.length === 0 && waiting.length === 0;
  };

  return {
    mostSentBytes: limits.mostSentBytes,
    isDemoPossible,
    receive: async ({ name, bytes, declaredBytes, actor, source, exportName, isPartial }) => {
      if (waiting.length >= limits.mostWaiting)
        throw serverErrors.create("UPLOADS_FULL", { waiting: waiting.length });
      const fileName = safeName(name);
      const record = await store.receive({
        bytes,
        declaredBytes,
        mostBytes: limits.mostSentBytes,
        fileName,
        record: recordOf({
          name: fileName,
          kind: "file",
          by: actor,
          source: source ?? null,
          exportName: exportName ?? null,
          isPartial,
        }),
      });
      enqueue([record]);
      return uploadOf(record);
    },
    fillWithDemo: async (estate, actor) => {
      const company = demo.companies.find(({ id }) => id === estate);
      if (company === undefined)
        throw serverErrors.create("SERVER_NOT_FOUND", { what: "demo", id: estate.slice(0, 50) });
      await watch.refresh();
      if (!(await isDemoPossible()))
        throw serverErrors.create("DEMO_NOT_POSSIBLE", { reason: "this lake holds bills, or is about to" });
      const record = await store.create(
        recordOf({ name: company.title, kind: "demo", by: actor, estate: company.id }),
      );
      enqueue([record]);
      return uploadOf(record);
    },
    list: async () => (await store.list()).slice(0, LISTED).map(uploadOf),
    read: async (id) => {
      const record = await store.read(id);
      return record === undefined ? undefined : uploadOf(record);
    },
    start: async () => {
      await store.sweep();
      enqueue(await store.takeOver());
      timer = setInterval(() => {
        store
          .takeOver()
          .then(enqueue, (error: unknown) => log.warn({ err: error }, "Uploads can't be looked at"));
      }, LOOK_EVERY_MS);
      timer.unref();
    },
    close: async () => {
      clearInterval(timer);
      stopping.abort(serverErrors.create("SERVER_STOPPING"));
      await working;
    },
  };
};
