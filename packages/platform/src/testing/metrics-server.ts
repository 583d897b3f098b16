import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** What a query finds: a value, nothing, or a failure. */
export type MetricAnswer = number | "NaN" | "nothing" | "failure";

type Answer = (query: string, headers: Readonly<Record<string, unknown>>) => MetricAnswer;

/** A server that speaks Prometheus' query API and answers what the test says, until the test is over. */
export const startMetricsServer = async (answer: Answer): Promise<string> => {
  const { address, stop } = await openMetricsServer(answer);
  onTestFinished(stop);
  return address;
};

/** The same for several tests: whoever opens it stops it. */
export const openMetricsServer = async (answer: Answer) => {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const found = answer(new URLSearchParams(body).get("query") ?? "", request.headers);
    response.setHeader("content-type", "application/json");
    if (found === "failure") {
      response.statusCode = 503;
      response.end(JSON.stringify({ status: "error", errorType: "unavailable", error: "no storage" }));
      return;
    }
    const result = found === "nothing" ? [] : [{ metric: {}, value: [1_783_000_000, String(found)] }];
    response.end(JSON.stringify({ status: "success", data: { resultType: "vector", result } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: (): void => {
      server.closeAllConnections();
      server.close();
    },
  };
};
