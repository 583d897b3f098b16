import type { ResourceRef } from "@trimtab/domain";

/** Account and region of a resource: what tells two of one name apart. */
export const whereText = ({ scope }: Pick<ResourceRef, "scope">): string =>
  `${scope.account} ${scope.region}`;
