import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { packageCache, unpackPackages } from "../debian/unpack-packages.ts";

/** A browser that tests can drive, and what it needs of the environment. */
export interface Chromium {
  readonly file: string;
  readonly libraries?: string;
}

const names = ["chromium", "chromium-browser", "google-chrome"];

const isProgram = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );

/** The one that is installed: TRIMTAB_CHROMIUM, then PATH. */
const installedChromium = async (env: NodeJS.ProcessEnv): Promise<Chromium | undefined> => {
  const named = env.TRIMTAB_CHROMIUM;
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  const files = named ? [named] : folders.flatMap((folder) => names.map((name) => join(folder, name)));
  for (const file of files) if (await isProgram(file)) return { file };
  return undefined;
};

const inFolder = async (root: string): Promise<Chromium | undefined> => {
  const file = join(root, "usr/lib/chromium/chromium");
  // PulseAudio's client keeps a library of its own in a folder beside, which it looks for under /usr only.
  const libraries = ["x86_64-linux-gnu", "aarch64-linux-gnu"].flatMap((machine) =>
    ["", "pulseaudio"].map((folder) => join(root, "usr/lib", machine, folder)),
  );
  return (await isProgram(file)) ? { file, libraries: libraries.join(delimiter) } : undefined;
};

/** An installed Chromium, else Debian's unpacked into a cache; undefined where neither can be had. */
export const findChromium = async (env: NodeJS.ProcessEnv = process.env): Promise<Chromium | undefined> => {
  const found = await installedChromium(env);
  if (found !== undefined) return found;
  const folder = join(packageCache(), "chromium");
  const kept = await inFolder(folder);
  if (kept !== undefined) return kept;
  return (await unpackPackages(["chromium"], folder)) ? await inFolder(folder) : undefined;
};
