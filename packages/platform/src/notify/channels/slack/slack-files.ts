import { z } from "zod";
import { guardedRequest } from "../../guard/guarded-request.ts";
import type { MessageFile } from "../../message.ts";
import type { SendRequest } from "../channel.ts";
import { callSlack } from "./slack-api.ts";

const placeSchema = z.object({ upload_url: z.string(), file_id: z.string() });

/** Puts files into the thread of a message. @returns how many could not be put there */
export const uploadToThread = async (
  request: SendRequest,
  files: readonly (MessageFile & { readonly title: string })[],
  thread: { readonly channel: string; readonly ts: string },
): Promise<number> => {
  const uploaded: { readonly id: string; readonly title: string }[] = [];
  for (const file of files) {
    const id = await uploadOne(request, file);
    if (id !== undefined) uploaded.push({ id, title: file.title });
  }
  if (uploaded.length === 0) return files.length;
  const done = await callSlack(request, "files.completeUploadExternal", {
    json: { files: uploaded, channel_id: thread.channel, thread_ts: thread.ts },
  });
  return done.ok ? files.length - uploaded.length : files.length;
};

const uploadOne = async (request: SendRequest, file: MessageFile): Promise<string | undefined> => {
  const asked = await callSlack(request, "files.getUploadURLExternal", {
    form: { filename: file.fileName, length: String(file.bytes.length) },
  });
  if (!asked.ok) return undefined;
  const place = placeSchema.safeParse(asked.value);
  if (!place.success) return undefined;
  try {
    const { status } = await guardedRequest(request.network, {
      url: place.data.upload_url,
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: file.bytes,
      signal: request.signal,
    });
    return status >= 200 && status < 300 ? place.data.file_id : undefined;
  } catch {
    return undefined;
  }
};
