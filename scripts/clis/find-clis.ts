import { join } from "node:path";
import { installPython, startMoto } from "../objects/moto.ts";
import { outputOf } from "../objects/processes.ts";

type Environment = Readonly<Record<string, string>>;
export type FoundCli = { readonly env: Environment; stop(): Promise<void> } | { readonly skipped: string };

const AWS_VERSION = "1.45.11";

/** The folder of Amazon's CLI, from PyPI; undefined: it can't be had. */
export const installAwsCli = (): Promise<string | undefined> =>
  installPython(`awscli-${AWS_VERSION}`, `awscli==${AWS_VERSION}`);

/** Amazon's CLI, and moto to answer it. */
export const findAws = async (): Promise<FoundCli> => {
  const folder = await installAwsCli();
  if (folder === undefined) return { skipped: `pip can't install awscli==${AWS_VERSION}` };
  const moto = await startMoto();
  if ("skipped" in moto) return moto;
  return {
    env: {
      TRIMTAB_TEST_AWS: join(folder, "bin", "aws"),
      TRIMTAB_TEST_AWS_PYTHONPATH: folder,
      TRIMTAB_TEST_MOTO: moto.url,
    },
    stop: moto.stop,
  };
};

/** Google's CLI where the machine has it: no package registry does. */
export const findGcloud = async (): Promise<FoundCli> => {
  const said = await outputOf("gcloud", ["--version"]);
  const version = /Google Cloud SDK (\S+)/.exec(said ?? "")?.[1];
  if (version === undefined) return { skipped: "no gcloud on this machine, and no package registry has it" };
  return { env: { TRIMTAB_TEST_GCLOUD: "gcloud" }, stop: () => Promise.resolve() };
};
