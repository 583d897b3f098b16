import { startMoto } from "./moto.ts";
import type { ObjectServer } from "./object-server.ts";

const BUCKET = "trimtab-test";

/** Amazon S3's protocol by moto, a Python package. */
export const s3Server: ObjectServer = {
  id: "s3",
  title: "Amazon S3, by moto",
  start: async () => {
    const moto = await startMoto();
    if ("skipped" in moto) return moto;
    await fetch(`${moto.url}/${BUCKET}`, { method: "PUT" });
    return {
      env: {
        AWS_ENDPOINT_URL_S3: moto.url,
        AWS_ACCESS_KEY_ID: "test-key",
        AWS_SECRET_ACCESS_KEY: "test-secret-never-shown",
        AWS_REGION: "us-east-1",
        TRIMTAB_TEST_BUCKET: `s3://${BUCKET}`,
      },
      stop: moto.stop,
    };
  },
};
