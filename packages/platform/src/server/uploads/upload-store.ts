import { createWriteStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { TrimtabError } from "@trimtab/domain";
import { newId, syncPath } from "../../lake/layout.ts";
import { isAbandoned, machineName, temporaryName } from "../../lake/own-folder.ts";
import { toWriteFailure } from "../../lake/write-failure.ts";
import { serverErrors } from "../errors.ts";
import { type UploadRecord, uploadRecordSchema } from "./upload-record.ts";

const RECEIVING = "_receiving";
const RECORD = "upload.json";

/** Whoever has an upload in hand touches its record more often than this. */
const SILENT_MS = 120_000;

/** Uploads on disk: each a folder that is there whole or not at all, with its file and its record. */
export interface UploadStore {
  /**
   * Takes the bytes of a file and makes the upload: when this returns, it survives the machine's power being cut.
   * @throws UPLOAD_TOO_LARGE, UPLOAD_EMPTY, UPLOAD_CUT_SHORT, LAKE_DISK_FULL, LAKE_NOT_WRITABLE
   */
  receive(request: ReceiveRequest): Promise<UploadRecord>;
  /** Makes an upload without a file. */
  create(record: Omit<UploadRecord, "id" | "holder" | "bytes" | "file">): Promise<UploadRecord>;
  /** Newest first. */
  list(): Promise<readonly UploadRecord[]>;
  read(id: string): Promise<UploadRecord | undefined>;
  write(record: UploadRecord): Promise<void>;
  /** Says that it is still in hand. */
  touch(id: string): Promise<void>;
  /** Those that nobody has in hand any more; they are this process's from now on. */
  takeOver(): Promise<readonly UploadRecord[]>;
  folderOf(id: string): string;
  /** Removes what processes that died were receiving. */
  sweep(): Promise<void>;
}

export interface ReceiveRequest {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** As the sender says; absent: unknown. */
  readonly declaredBytes: number | undefined;
  readonly mostBytes: number;
  /** Made harmless. */
  readonly fileName: string;
  readonly record: Omit<UploadRecord, "id" | "holder" | "bytes" | "file">;
}

export const openUploadStore = (folder: string, clock: () => Date): UploadStore => {
  const folderOf = (id: string): string => join(folder, id);
  /** A process id may come back: what this process did not begin is not its own. */
  const mine = new Set<string>();

  const make = async (
    fill: (draft: string, id: string) => Promise<Pick<UploadRecord, "bytes" | "file">>,
    given: Omit<UploadRecord, "id" | "holder" | "bytes" | "file">,
  ): Promise<UploadRecord> => {
    const id = newId(clock());
    const holder = temporaryName(id, process.pid, await machineName());
    const draft = join(folder, RECEIVING, holder);
    try {
      await mkdir(draft, { recursive: true });
      const record = { ...given, id, holder, ...(await fill(draft, id)) };
      await writeSafely(draft, RECORD, JSON.stringify(record));
      await rename(draft, folderOf(id));
      await syncPath(folder);
      mine.add(id);
      return record;
    } catch (error) {
      await rm(draft, { recursive: true, force: true }).catch(() => undefined);
      throw error instanceof TrimtabError ? error : toWriteFailure(folder, error);
    }
  };

  const read = async (id: string): Promise<UploadRecord | undefined> => {
    if (!/^[\w-]+$/.test(id)) return undefined;
    const text = await readFile(join(folderOf(id), RECORD), "utf8").catch(() => undefined);
    return text === undefined ? undefined : uploadRecordSchema.parse(JSON.parse(text));
  };

  const list = async (): Promise<readonly UploadRecord[]> => {
    const names = await readdir(folder).catch(() => [] as string[]);
    const ids = names.filter((name) => /^\d{8}T/.test(name)).toSorted((a, b) => (a < b ? 1 : -1));
    const records = await Promise.all(ids.map(read));
    return records.filter((record) => record !== undefined);
  };

  const write = (record: UploadRecord): Promise<void> =>
    writeSafely(folderOf(record.id), RECORD, JSON.stringify(record));

  return {
    folderOf,
    read,
    list,
    write,
    receive: ({ bytes, declaredBytes, mostBytes, fileName, record }) => {
      if (declaredBytes !== undefined && declaredBytes > mostBytes)
        throw serverErrors.create("UPLOAD_TOO_LARGE", { limit: mostBytes });
      return make(async (draft) => {
        const path = join(draft, fileName);
        const size = await writeStream(bytes, path, mostBytes);
        if (declaredBytes !== undefined && size !== declaredBytes)
          throw serverErrors.create("UPLOAD_CUT_SHORT");
        if (size === 0) throw serverErrors.create("UPLOAD_EMPTY");
        return { bytes: size, file: fileName };
      }, record);
    },
    create: (record) => make(async () => ({ bytes: 0, file: null }), record),
    touch: async (id) => {
      const now = clock();
      await utimes(join(folderOf(id), RECORD), now, now).catch(() => undefined);
    },
    takeOver: async () => {
      const machine = await machineName();
      const taken: UploadRecord[] = [];
      for (const record of await list()) {
        if (record.status !== "waiting" && record.status !== "loading") continue;
        if (!(await isLeft(record))) continue;
        const own = { ...record, holder: temporaryName(record.id, process.pid, machine) };
        await write(own);
        mine.add(own.id);
        taken.push(own);
      }
      return taken.reverse();
    },
    sweep: async () => {
      const parent = join(folder, RECEIVING);
      await mkdir(parent, { recursive: true }).catch((error: unknown) => {
        throw toWriteFailure(folder, error);
      });
      await sweepFolder(parent, () => true);
      for (const { id } of await list()) await sweepFolder(folderOf(id), isRecordDraft);
    },
  };

  /** Removes what processes that died had begun. */
  async function sweepFolder(parent: string, isDraft: (name: string) => boolean): Promise<void> {
    for (const name of await readdir(parent))
      if (isDraft(name) && (await isAbandoned(parent, name, clock())))
        await rm(join(parent, name), { recursive: true, force: true });
  }

  async function isLeft({ id, holder }: UploadRecord): Promise<boolean> {
    const [, pid, machine] = holder.split(".");
    if (machine === (await machineName()))
      return Number(pid) === process.pid ? !mine.has(id) : await isAbandoned(folder, holder, clock());
    // A container that was started again is another machine: what tells is that nobody touches it.
    const info = await stat(join(folderOf(id), RECORD)).catch(() => undefined);
    return info !== undefined && clock().getTime() - info.mtimeMs > SILENT_MS;
  }
};

/** Written to the disk before it returns. */
const writeStream = async (
  bytes: AsyncIterable<Uint8Array>,
  path: string,
  mostBytes: number,
): Promise<number> => {
  let size = 0;
  const counting = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      size += chunk.length;
      if (size > mostBytes) done(serverErrors.create("UPLOAD_TOO_LARGE", { limit: mostBytes }));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(
      Readable.from(bytes, { objectMode: false }),
      counting,
      createWriteStream(path, { flags: "wx", flush: true }),
    );
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ERR_STREAM_PREMATURE_CLOSE" || code === "ECONNRESET")
      throw serverErrors.create("UPLOAD_CUT_SHORT", {}, { cause: error });
    throw error;
  }
  return size;
};

/** No file that somebody sent is called so: `safeName` leaves no such beginning. */
const RECORD_DRAFT = "_record";
const isRecordDraft = (name: string): boolean => name.startsWith(`${RECORD_DRAFT}.`);

/** The whole text or the one of before, whenever the process dies. */
const writeSafely = async (folder: string, name: string, text: string): Promise<void> => {
  const draft = join(folder, temporaryName(RECORD_DRAFT, process.pid, await machineName()));
  const handle = await open(draft, "w");
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, join(folder, name));
  await syncPath(folder);
};
