import { resolve } from "node:path";
import { decimal } from "@trimtab/domain";
import type { Invoice } from "../../insight/reconcile/read-invoices.ts";
import type { FileReconciliation } from "../../insight/reconcile/reconcile-files.ts";
import type { InvoiceReconciliation } from "../../insight/reconcile/reconcile-invoices.ts";
import { type CommandContext, type CommandInput, defineCommand } from "../command.ts";
import { engineOf } from "../engine-option.ts";
import { cliErrors } from "../errors.ts";
import { QUERY_OPTIONS, queryContext, readOptionFile } from "../query-context.ts";

export const reconcileCommand = defineCommand({
  name: "reconcile",
  summary: "prove the lake against the files and against the invoice, to the last digit",
  group: "prove",
  details: [
    "Files are read again and compared with the lake's rows: files = lake + quarantine + rounding, exactly. Without files, the ones that the live loads were made of are read where they still are.",
    "Invoices are compared in their own currency and minor unit. exact: equal; rounding: within half a minor unit for each line of the invoice; provisional: differs while the billing period is open; off: differs. Only off makes the exit code 1.",
  ],
  args: [{ name: "files", description: "bills, folders or globs that are in the lake", variadic: true }],
  options: [
    {
      name: "invoice",
      value: "FILE",
      description:
        "invoices: CSV with period, currency, amount (and invoice, account, lines), or a FOCUS InvoiceDetail data set",
    },
    { name: "amount", value: "AMOUNT", description: "one invoice's amount, with --period and --currency" },
    { name: "period", value: "MONTH", description: "billing period of --amount, e.g. 2026-06" },
    { name: "account", value: "ID", description: "billing account of --amount" },
    { name: "source", value: "ID", description: "how to read the files, as in `trimtab ingest`" },
    { name: "export", value: "NAME", description: "name of the export, as in `trimtab ingest`" },
    ...QUERY_OPTIONS,
  ],
  examples: [
    { run: "trimtab reconcile bills/", does: "the files against the lake" },
    {
      run: "trimtab reconcile --amount 10702.83 --period 2026-01 --currency USD",
      does: "the lake against one invoice",
    },
    { run: "trimtab reconcile --invoice invoices.csv", does: "the lake against all invoices of a file" },
  ],
  async run(context, input) {
    const invoices = await readInvoicesOf(context, input);
    const patterns = Array.isArray(input.args.files) ? input.args.files : [];
    const checked = await checkInvoices(context, input, invoices);
    const files =
      patterns.length > 0 || invoices.length === 0
        ? await checkFiles(context, input, patterns)
        : { lines: [], gone: [] };
    const { reconcileDocument } = await import("../views/reconcile.ts");
    const isOff = [...checked, ...files.lines].some(({ status }) => status === "off");
    return {
      document: reconcileDocument(files, checked),
      json: { files: files.lines, filesGone: files.gone, invoices: checked },
      exitCode: isOff ? 1 : 0,
    };
  },
});

export interface CheckedFiles {
  readonly lines: readonly FileReconciliation[];
  /** Files that live loads were made of and that are not where they were. */
  readonly gone: readonly string[];
}

/** @throws CLI_OPTIONS_CONFLICT, CLI_ARGUMENT_MISSING, INVOICE_FILE_INVALID, DECIMAL_INVALID */
async function readInvoicesOf(
  context: CommandContext,
  { options }: CommandInput,
): Promise<readonly Invoice[]> {
  const { readInvoices } = await import("../../insight/reconcile/read-invoices.ts");
  if (typeof options.invoice === "string") {
    const path = resolve(context.cwd, options.invoice);
    return readInvoices(await readOptionFile("--invoice", path), path);
  }
  if (typeof options.amount !== "string") return [];
  if (typeof options.period !== "string" || context.currency === undefined)
    throw cliErrors.create("CLI_ARGUMENT_MISSING", {
      command: "reconcile",
      argument: "--period and --currency of the amount",
      usage: "trimtab reconcile --amount 10702.83 --period 2026-01 --currency USD",
    });
  decimal(options.amount);
  return [
    {
      period: options.period,
      currency: context.currency,
      amount: options.amount,
      ...(typeof options.account === "string" ? { account: options.account } : {}),
    },
  ];
}

async function checkInvoices(
  context: CommandContext,
  input: CommandInput,
  invoices: readonly Invoice[],
): Promise<readonly InvoiceReconciliation[]> {
  if (invoices.length === 0) return [];
  const { reconcileInvoices } = await import("../../insight/reconcile/reconcile-invoices.ts");
  const engine = await context.services.openEngine(engineOf(input));
  return reconcileInvoices(engine, invoices, await queryContext(context, input));
}

async function checkFiles(
  context: CommandContext,
  { options }: CommandInput,
  patterns: readonly string[],
): Promise<CheckedFiles> {
  const { reconcileFiles } = await import("../../insight/reconcile/reconcile-files.ts");
  const { liveInputs } = await import("../../insight/reconcile/live-inputs.ts");
  const { findBills } = await import("../../sources/load-bills.ts");
  const lake = await context.services.openLake();
  const live = patterns.length > 0 ? { present: patterns, gone: [] } : await liveInputs(lake);
  if (live.present.length === 0) return { lines: [], gone: live.gone };
  const { inputs } = await findBills(lake, {
    patterns: live.present,
    cwd: context.cwd,
    sources: await context.services.sources(),
    signal: context.signal,
    onProgress: (step, done, total) => context.progress.step(step, done, total, "files"),
    ...(typeof options.source === "string" ? { as: options.source } : {}),
    ...(typeof options.export === "string" ? { exportName: options.export } : {}),
  });
  return { lines: await reconcileFiles(lake, inputs, { signal: context.signal }), gone: live.gone };
}
