import type { RouteHandlers } from "../contract.ts";
import type { uploadContracts } from "../contracts/uploads.ts";
import { serverErrors } from "../errors.ts";
import type { ServerParts } from "../parts.ts";

export const uploadHandlers = ({ uploads, demo }: ServerParts): RouteHandlers<typeof uploadContracts> => ({
  createUpload: async ({ query, stream, headers, caller }) =>
    await uploads.receive({
      name: query.name,
      bytes: stream,
      declaredBytes: lengthOf(headers["content-length"]),
      actor: caller.actor,
      source: query.source,
      exportName: query.export,
      isPartial: query.partial === "true",
    }),

  listUploads: async () => ({ items: await uploads.list(), maxBytes: uploads.mostSentBytes }),

  getUpload: async ({ params }) => {
    const upload = await uploads.read(params.id);
    if (upload === undefined)
      throw serverErrors.create("SERVER_NOT_FOUND", { what: "upload", id: params.id });
    return upload;
  },

  listDemoEstates: async () => ({
    estates: demo.companies,
    isPossible: demo.companies.length > 0 && (await uploads.isDemoPossible()),
  }),

  fillWithDemo: async ({ body, caller }) => await uploads.fillWithDemo(body.estate, caller.actor),
});

const lengthOf = (header: string | readonly string[] | undefined): number | undefined =>
  typeof header === "string" && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
