import { constants } from "node:fs";
import { access } from "node:fs/promises";

export const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
