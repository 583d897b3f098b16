import { instantOf } from "@trimtab/domain";
import type { Collection } from "../../evidence/inventory/inventory-store.ts";
import { defineCommand } from "../command.ts";
import { readOptionFile } from "../query-context.ts";
import { inventoryChanges } from "../views/inventory-changes.ts";

export const inventoryLoadCommand = defineCommand({
  name: "inventory load",
  summary: "load the settings of resources from files",
  group: "advise",
  details: [
    "JSON of `trimtab inventory --json`, or what `gcloud … list --format=json` and `aws … describe-…` print. Files of the same kind, account and (on AWS) region together take the place of what was known of it.",
  ],
  args: [{ name: "files", description: "JSON files", required: true, variadic: true }],
  options: [
    { name: "account", value: "ID", description: "account or project, where a file does not say it" },
    { name: "region", value: "REGION", description: "region, where a file does not say it" },
  ],
  examples: [
    {
      run: "trimtab inventory load services.json --account acme-prod",
      does: "of `gcloud run services list --format=json`",
    },
    {
      run: "trimtab inventory load volumes.json --account 123456789012",
      does: "of `aws ec2 describe-volumes`",
    },
  ],
  async run({ services, cwd }, { args, options }) {
    const { findInputs } = await import("../../lake/input/find-inputs.ts");
    const { readInventoryFile } = await import("../../evidence/inventory/recognise-file.ts");
    const { collectionsOf } = await import("../../evidence/inventory/collections-of.ts");
    const files = await findInputs(Array.isArray(args.files) ? args.files : [], cwd);
    const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);
    const [account, region] = [textOf(options.account), textOf(options.region)];
    const readAt = instantOf(services.clock());
    const loaded = [];
    for (const { path } of files)
      loaded.push(
        readInventoryFile(await readOptionFile("<files>", path), { account, region, readAt, from: path }),
      );
    const collections: readonly Collection[] = collectionsOf(loaded, { account, region, readAt });
    const store = await services.openInventory();
    return inventoryChanges(await store.replace(collections), []);
  },
});
