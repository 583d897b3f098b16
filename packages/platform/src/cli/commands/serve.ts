import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { POLICY_OPTION, readPolicy } from "../change-options.ts";
import { defineCommand } from "../command.ts";
import { amountOption, wholeNumber } from "../option-values.ts";
import { QUERY_OPTIONS } from "../query-context.ts";

const PORT = 8420;
const SHARED_OPTIONS = QUERY_OPTIONS.filter(({ name }) => name === "rules" || name === "rates");

export const serveCommand = defineCommand({
  name: "serve",
  summary: "open the web app and the API to a browser, to people and to programs",
  group: "ask",
  details: [
    "Listens on this machine only, unless --host says otherwise; behind a proxy that ends TLS, say its address with --public-url. The first start prints a link that makes the first admin.",
    "Stops on Ctrl-C or SIGTERM: takes no more requests, finishes those that run, and leaves nothing half done.",
  ],
  options: [
    {
      name: "host",
      value: "ADDRESS",
      env: "TRIMTAB_HOST",
      description: "where to listen",
      default: "127.0.0.1",
    },
    {
      name: "port",
      value: "PORT",
      env: "TRIMTAB_PORT",
      description: "0: any that is free",
      default: String(PORT),
    },
    { name: "open", description: "open the page in a browser" },
    {
      name: "public-url",
      value: "URL",
      env: "TRIMTAB_PUBLIC_URL",
      description: "the address that people use, where a proxy stands before the server",
    },
    {
      name: "trust-proxy",
      env: "TRIMTAB_TRUST_PROXY",
      description:
        "believe the X-Forwarded-* headers, because every request comes through a proxy that sets them",
    },
    {
      name: "services",
      value: "FILE",
      env: "TRIMTAB_SERVICES",
      description: "services that may call with tokens of their own issuers",
    },
    {
      name: "memory",
      value: "MB",
      description: "memory that the process may use; default: its container's, or half of the machine's",
    },
    {
      name: "uploads",
      value: "DIR",
      env: "TRIMTAB_UPLOADS",
      description: "where bills wait that come in by upload; default: beside the lake",
    },
    { name: "web", value: "DIR", description: "the built browser app, where it is not the program's own" },
    {
      name: "log-level",
      value: "LEVEL",
      choices: ["debug", "info", "warn", "error"],
      description:
        "what is logged, as lines of JSON on the error stream; default: warn in a terminal, else info",
    },
    POLICY_OPTION,
    {
      name: "hourly-cost",
      value: "AMOUNT",
      env: "TRIMTAB_HOURLY_COST",
      description: "what an hour of your people's work costs, for the return on investment",
      default: "100",
    },
    ...SHARED_OPTIONS,
  ],
  examples: [
    { run: "trimtab serve --open", does: "the web app on this machine" },
    {
      run: "trimtab serve --host 0.0.0.0 --public-url https://costs.example.com --trust-proxy",
      does: "for everybody, behind a proxy that ends TLS",
    },
  ],
  async run(context, input) {
    const { services, cwd, env, signal, notify } = context;
    const { options } = input;
    const text = (name: string): string | undefined => {
      const value = options[name];
      return typeof value === "string" ? value : undefined;
    };
    const path = (name: string): string | undefined => {
      const value = text(name);
      return value === undefined ? undefined : resolve(cwd, value);
    };
    const memory = text("memory");
    const { prepareProcess } = await import("../serve/prepare-process.ts");
    const isPrepared = await prepareProcess(
      env,
      memory === undefined ? undefined : wholeNumber("--memory", memory, 0),
    );
    if (!isPrepared)
      notify(
        "Set UV_THREADPOOL_SIZE=16 before the start: with fewer threads, one heavy question makes all others wait.",
      );
    const { runServer } = await import("../serve/run-server.ts");
    let address = "";
    await runServer({
      services,
      signal,
      host: text("host") ?? "127.0.0.1",
      port: wholeNumber("--port", options.port, PORT),
      uploadFolder: path("uploads"),
      rulesFile: path("rules"),
      ratesFile: path("rates"),
      publicUrl: text("public-url"),
      servicesFile: path("services"),
      webFolder: path("web"),
      trustProxy: options["trust-proxy"] === true,
      policy: () => readPolicy(context, input),
      hourlyCost: String(amountOption("--hourly-cost", options["hourly-cost"])),
      env,
      cwd,
      logLevel: text("log-level") ?? (process.stderr.isTTY ? "warn" : "info"),
      onReady: (ready, setupPath) => {
        address = ready;
        notify(`Trimtab is at ${ready}`);
        if (setupPath !== undefined)
          notify(`Nobody has signed in yet. Make the first admin within a day at ${ready}${setupPath}`);
        if (options.open === true) openBrowser(`${ready}${setupPath ?? ""}`);
      },
    });
    return {
      document: { title: "Stopped", subtitle: address, blocks: [] },
      json: { address, stopped: true },
    };
  },
});

/** As the platform opens addresses; where it can't, the address was printed. */
const openBrowser = (url: string): void => {
  const [program = "", ...before] =
    process.platform === "darwin"
      ? ["open"]
      : process.platform === "win32"
        ? ["rundll32", "url.dll,FileProtocolHandler"]
        : ["xdg-open"];
  const child = spawn(program, [...before, url], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
};
