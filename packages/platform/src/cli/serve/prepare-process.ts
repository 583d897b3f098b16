import { engineMemoryMb, memoryBudgetMb } from "../../server/memory-budget.ts";

/** Threads that wait for the engine: with the default of 4, a trivial query waited 19 s behind six heavy ones. */
const LEAST_THREADS = 16;
const SPILL_MB = 20_480;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Makes sure that the process runs with what only its start can set: enough threads, and limits of the engine. If not, the
 * program takes its own place, with the same process id, so that signals and supervisors see one process.
 * @returns whether the limits hold; where a platform can't do this, the server runs with what it has
 */
export const prepareProcess = async (env: Environment, memoryMb: number | undefined): Promise<boolean> => {
  const wanted = await wantedEnvironment(env, memoryMb);
  if (Object.keys(wanted).length === 0) return true;
  if (process.execve === undefined || process.platform === "win32") return false;
  const argv = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  return process.execve(process.execPath, argv, { ...definedOf(env), ...wanted });
};

/** What is missing; what is set already stays as it is. */
const wantedEnvironment = async (
  env: Environment,
  memoryMb: number | undefined,
): Promise<Record<string, string>> => {
  const threads = Number(env.UV_THREADPOOL_SIZE ?? 0);
  return {
    ...(threads >= LEAST_THREADS ? {} : { UV_THREADPOOL_SIZE: String(LEAST_THREADS) }),
    ...(env.TRIMTAB_MEMORY_MB
      ? {}
      : { TRIMTAB_MEMORY_MB: String(engineMemoryMb(await memoryBudgetMb(memoryMb))) }),
    ...(env.TRIMTAB_SPILL_MB ? {} : { TRIMTAB_SPILL_MB: String(SPILL_MB) }),
  };
};

const definedOf = (env: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
