import { type Day, day, firstDayOf, type Instant, type InventoryItem, instant, month } from "@trimtab/domain";
import { defineCommand } from "../command.ts";
import { cliErrors } from "../errors.ts";
import { KIND_OPTION, kindsOf } from "../inventory-options.ts";
import { momentText } from "../views/figures.ts";

export const inventoryCommand = defineCommand({
  name: "inventory",
  summary: "list what each resource's settings are, or were on a day",
  group: "advise",
  details: [
    "What `inventory collect` and `inventory load` read. With --at the lake answers as it was known at the end of that day; with --history, every version of one resource. --json gives whole items, in the shape that `inventory load` takes.",
  ],
  options: [
    KIND_OPTION,
    { name: "at", value: "DAY", description: "as it was known at the end of this day, e.g. 2026-06-01" },
    { name: "history", value: "NAME", description: "every version of one resource, by its id or an alias" },
  ],
  examples: [
    { run: "trimtab inventory", does: "every resource with its settings" },
    {
      run: "trimtab inventory --kind run.googleapis.com/Service --at 2026-06-01",
      does: "Cloud Run on a day",
    },
    { run: "trimtab inventory --history i-0cfbce719a3400834", does: "how one machine's settings changed" },
  ],
  async run({ services }, { options }) {
    const store = await services.openInventory();
    if (typeof options.history === "string") {
      const versions = await store.history(options.history);
      const document = {
        title: `${options.history}: ${versions.length} ${versions.length === 1 ? "version" : "versions"}`,
        blocks: [
          {
            kind: "table" as const,
            id: "versions",
            columns: [
              { name: "From (UTC)", kind: "text" as const },
              { name: "Settings", kind: "text" as const, wrap: true },
            ],
            rows: versions.map(({ from, item }) => [
              momentText(from),
              item === null ? "(not there any more)" : settingsText(item),
            ]),
          },
        ],
      };
      return { document, json: versions };
    }
    const at = typeof options.at === "string" ? endOf(options.at) : undefined;
    const kinds = kindsOf(options.kind);
    const items = await store.items({
      ...(at === undefined ? {} : { at }),
      ...(kinds === undefined ? {} : { kinds }),
    });
    return { document: describe(items), json: items };
  },
});

/** The last moment of a day, or of a month. @throws CLI_PERIOD_INVALID */
function endOf(text: string): Instant {
  try {
    const date: Day = text.length === 7 ? firstDayOf(month(text)) : day(text);
    return instant(`${date}T23:59:59.999Z`);
  } catch (cause) {
    throw cliErrors.create("CLI_PERIOD_INVALID", { option: "--at", value: text }, { cause });
  }
}

/** Settings in the order of their type, `name value`. */
const settingsText = ({ settings }: InventoryItem): string =>
  Object.entries(settings)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join(", ");

const describe = (items: readonly InventoryItem[]) => ({
  title: items.length === 0 ? "No inventory yet" : `${items.length} resources`,
  blocks: [
    {
      kind: "table" as const,
      id: "resources",
      columns: [
        { name: "Kind", kind: "text" as const },
        { name: "Account", kind: "text" as const, optional: true },
        { name: "Region", kind: "text" as const },
        { name: "Name", kind: "text" as const },
        { name: "Settings", kind: "text" as const, wrap: true },
        { name: "Read (UTC)", kind: "text" as const, optional: true },
      ],
      rows: items.map((item) => [
        item.kind,
        item.scope.account,
        item.scope.region,
        item.name,
        settingsText(item),
        momentText(item.readAt),
      ]),
    },
    ...(items.length === 0
      ? [
          {
            kind: "text" as const,
            text: "Next: `trimtab inventory collect --from gcp --project PROJECT`, or `trimtab inventory load FILE`.",
            tone: "muted" as const,
          },
        ]
      : []),
  ],
});
