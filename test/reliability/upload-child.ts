// Receives uploads one after the other until it is killed; says each that it acknowledged.
import { openUploadStore } from "../../packages/platform/src/server/uploads/upload-store.ts";

const [folder = "", bytes = "0"] = process.argv.slice(2);
const store = openUploadStore(folder, () => new Date());
await store.sweep();

async function* content() {
  for (let left = Number(bytes); left > 0; left -= 65_536) yield Buffer.alloc(Math.min(left, 65_536), "a");
}

for (;;) {
  const { id } = await store.receive({
    bytes: content(),
    declaredBytes: undefined,
    mostBytes: 1e9,
    fileName: "bill.csv",
    record: {
      name: "bill.csv",
      kind: "file",
      by: "anna",
      receivedAt: new Date().toISOString(),
      status: "waiting",
      result: null,
      problem: null,
      source: null,
      exportName: null,
      isPartial: false,
      estate: null,
    },
  });
  process.stdout.write(`${id}\n`);
}
