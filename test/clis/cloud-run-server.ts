import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CloudRefusal,
  type CloudRunProject,
  getService,
  replaceService,
  type ServiceJson,
} from "../../packages/platform/src/testing/cloud-run-model.ts";

/**
 * Cloud Run's Admin API v1 on the loopback, over the project that it is given. It is asked as an HTTP proxy, for gcloud puts
 * the region in front of the host name of its endpoint override, and no such name is known here.
 * @see https://cloud.google.com/run/docs/reference/rest/v1/namespaces.services, read 2026-11-22
 */
export const startCloudRun = async (project: CloudRunProject) => {
  const hosts = new Set<string>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/");
    hosts.add(url.host);
    const body = await textOf(request);
    const { status, json } = answer(project, request.method ?? "GET", url.pathname, body);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    proxy: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hosts,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
};

const PATH = /^\/apis\/serving\.knative\.dev\/v1\/namespaces\/[^/]+\/(services|revisions)\/([^/]+)$/;

const answer = (project: CloudRunProject, method: string, path: string, body: string) => {
  const [, noun, name = ""] = PATH.exec(path) ?? [];
  try {
    if (noun === "revisions" && method === "GET") return { status: 200, json: revision(project, name) };
    if (noun === "services" && method === "GET") return { status: 200, json: getService(project, name) };
    if (noun === "services" && method === "PUT") {
      const json = replaceService(project, JSON.parse(body) as ServiceJson);
      project.effects.push(`PUT ${name}`);
      return { status: 200, json };
    }
    throw new CloudRefusal(404, "NOT_FOUND", `${method} ${path}`);
  } catch (error) {
    if (!(error instanceof CloudRefusal)) throw error;
    const { status, message, reason } = error;
    return { status, json: { error: { code: status, message, status: reason } } };
  }
};

const revision = (project: CloudRunProject, name: string) => {
  const found = Object.values(project.services)
    .flatMap(({ revisions }) => revisions)
    .find((candidate) => candidate.name === name);
  if (found === undefined) throw new CloudRefusal(404, "NOT_FOUND", `Revision '${name}' does not exist`);
  const [container] = found.template.spec.containers;
  return {
    apiVersion: "serving.knative.dev/v1",
    kind: "Revision",
    metadata: {
      name,
      namespace: "1234567890",
      annotations: found.template.metadata?.annotations ?? {},
      labels: {},
    },
    spec: found.template.spec,
    status: {
      conditions: [{ type: "Ready", status: "True" }],
      imageDigest: `${container?.image}@sha256:${"0".repeat(64)}`,
    },
  };
};
