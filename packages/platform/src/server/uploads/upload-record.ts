import { z } from "zod";
import { uploadSchema } from "../contracts/uploads.ts";

/** An upload as it is kept on disk: what is answered of it, and what only the server needs. */
export const uploadRecordSchema = uploadSchema.omit({ step: true, done: true, total: true }).extend({
  /** The file below the upload's folder; null: let go, or a demo. */
  file: z.string().nullable(),
  /** Read as this source; name of the export; fewer days are fine: as `trimtab ingest` takes them. */
  source: z.string().nullable(),
  exportName: z.string().nullable(),
  isPartial: z.boolean(),
  /** Of a demo. */
  estate: z.string().nullable(),
  /** The process that has it in hand, as `own-folder.ts` names them. */
  holder: z.string(),
});
export type UploadRecord = z.output<typeof uploadRecordSchema>;
