import type { ObjectServer } from "./object-server.ts";
import { startMoto } from "./start-moto.ts";

const BUCKET = "trimtab-test";

/** Amazon S3's protocol by moto, a Python package. */
export const s3Server: ObjectServer = {
  id: "s3",
  title: "Amazon S3, by moto",
  start: async () => {
    const server = await startMoto();
    if ("skipped" in server) return server;
    const { url, stop } = server;
    await fetch(`${url}/${BUCKET}`, { method: "PUT" });
    return {
      env: {
        AWS_ENDPOINT_URL_S3: url,
        AWS_ACCESS_KEY_ID: "test-key",
        AWS_SECRET_ACCESS_KEY: "test-secret-never-shown",
        AWS_REGION: "us-east-1",
        TRIMTAB_TEST_BUCKET: `s3://${BUCKET}`,
      },
      stop,
    };
  },
};
