import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import {
  answerGoogle,
  type GoogleResources,
  googleFailure,
} from "../../packages/platform/src/testing/google-cloud-model.ts";

export interface GoogleCloud {
  readonly url: string;
  /** By path from the version on, e.g. `projects/p/zones/z/disks/d`. */
  readonly resources: GoogleResources;
  /** Requests that changed something. */
  readonly writes: string[];
  /** Every request is refused for want of a permission. */
  forbid(isForbidden: boolean): void;
  close(): void;
}

/** The APIs of Compute Engine, Cloud SQL, Cloud Tasks and Cloud Scheduler on loopback, over what they hold. */
export async function startGoogleCloud(): Promise<GoogleCloud> {
  const resources = new Map() as GoogleResources;
  const writes: string[] = [];
  let isForbidden = false;

  const server = createServer(async (request, response) => {
    const text = await textOf(request);
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const method = request.method ?? "GET";
    if (method !== "GET" && !url.pathname.endsWith("/wait")) writes.push(`${method} ${url.pathname}`);
    const { status, body } = isForbidden
      ? googleFailure(403, "Required permission is missing", "forbidden", "PERMISSION_DENIED")
      : answerGoogle(resources, { method, url, text, base: `http://${request.headers.host}` });
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    resources,
    writes,
    forbid: (value) => {
      isForbidden = value;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
