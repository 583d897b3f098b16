import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";

export const stateRotateKeyCommand = defineCommand({
  name: "state rotate-key",
  summary: "encrypt the secrets with a new key",
  group: "state",
  details: [
    "Where the key is a file beside the database, a new one is made and takes its place. Where TRIMTAB_SECRET_KEY holds it, set TRIMTAB_SECRET_KEY_NEW to the new key, run this, then put the new key into TRIMTAB_SECRET_KEY everywhere. All secrets are encrypted anew in one transaction. Older backups still need the old key.",
  ],
  examples: [{ run: "trimtab state rotate-key", does: "change the key" }],
  async run({ services, env }) {
    const { rotateKey } = await import("../../state/secrets.ts");
    const state = await services.openState();
    const { secrets, keyId } = await rotateKey(state, actorOf(env));
    const text =
      state.keys.file === undefined
        ? "Put the new key into TRIMTAB_SECRET_KEY on every machine now."
        : `The new key is in ${state.keys.file}; keep a copy where backups are not.`;
    return {
      document: {
        title: `${secrets} ${secrets === 1 ? "secret is" : "secrets are"} encrypted with key ${keyId}`,
        blocks: [{ kind: "text", text }],
      },
      json: { secrets, keyId },
    };
  },
});
