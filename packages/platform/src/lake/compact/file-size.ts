/** How large files of charges are to be. */
export interface FileLimits {
  /**
   * A load is one file up to here. Beyond it several, so that a cluster's workers share them and nobody fetches all of a
   * month for a part of it.
   */
  readonly oneFileBytes: number;
  /** About the size of each of several. Smaller ones cost a request and a footer each, and answer no faster. */
  readonly targetBytes: number;
}

export const FILE_LIMITS: FileLimits = { oneFileBytes: 1024 ** 3, targetBytes: 512 * 1024 ** 2 };

/** As many files as charges of so many bytes are to have. */
export const filesFor = (bytes: number, { oneFileBytes, targetBytes } = FILE_LIMITS): number =>
  bytes <= oneFileBytes ? 1 : Math.ceil(bytes / targetBytes);

/** More files than needed are left as they are while they are of a good size on average. */
export const areSmall = (count: number, bytes: number, limits: FileLimits): boolean =>
  count > filesFor(bytes, limits) && bytes / count < limits.targetBytes / 4;

/** Engines end a file some time after its limit: only what is clearly larger is split. */
export const isLarge = (bytes: number, { oneFileBytes }: FileLimits): boolean => bytes > 1.5 * oneFileBytes;
