import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

interface Question {
  readonly Id: string;
  readonly MetricStat: { readonly Stat: string };
}

interface Result {
  StatusCode: string;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

/**
 * CloudWatch before a moto, which knows no percentiles: those are answered as of a metric without values. `status` is what
 * every answer says of itself.
 */
export const startCloudWatchProxy = async (behind: string) => {
  const state = { status: "Complete" };
  const server = createServer(async (request, response) => {
    const text = await bodyOf(request);
    const isData = String(request.headers["x-amz-target"]).endsWith(".GetMetricData");
    const asked: { MetricDataQueries: readonly Question[] } = isData
      ? JSON.parse(text)
      : { MetricDataQueries: [] };
    const isPercentile = ({ MetricStat }: Question) => MetricStat.Stat.startsWith("p");
    const kept = asked.MetricDataQueries.filter((question) => !isPercentile(question));
    const body = isData ? JSON.stringify({ ...asked, MetricDataQueries: kept }) : text;
    const {
      host: _,
      "content-length": __,
      connection: ___,
      ...headers
    } = request.headers as Record<string, string>;
    const answer = await fetch(`${behind}${request.url}`, { method: "POST", headers, body });
    let said = await answer.text();
    if (isData) {
      const { MetricDataResults, ...rest } = JSON.parse(said) as { MetricDataResults: readonly Result[] };
      const others = asked.MetricDataQueries.filter(isPercentile).map(({ Id }) => ({
        Id,
        Timestamps: [],
        Values: [],
      }));
      const all = [...MetricDataResults, ...others].map((result) => ({
        ...result,
        StatusCode: state.status,
      }));
      said = JSON.stringify({ ...rest, MetricDataResults: all });
    }
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" }).end(said);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, state, stop: () => server.close() };
};
