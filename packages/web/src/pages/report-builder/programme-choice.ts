import { DATASET_NAMES, PROGRAMME_DATASETS } from "trimtab/report-datasets";
import type { BlockOf } from "../../components/report/report-types.ts";
import { datasetTitle } from "./blocks.ts";

type DatasetBlock = BlockOf<"dataset">;

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface ProgrammeChoices {
  /** Empty: the only one there is. */
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly title: string }[];
}

export const asksForProgramme = ({ dataset }: DatasetBlock): boolean =>
  PROGRAMME_DATASETS.some((name) => name === dataset);

/** A block names its programme by id or by name; one that is not there any more stays to be seen. */
export const programmeChoices = (
  { programme }: DatasetBlock,
  /** Undefined: not read yet. */
  programmes: readonly Named[] | undefined,
): ProgrammeChoices => {
  const known = programmes?.find(({ id, name }) => id === programme || name === programme);
  const value = known?.id ?? programme ?? "";
  const isUnknown = known === undefined && programme !== undefined;
  return {
    value,
    choices: [
      { value: "", title: "The only one there is" },
      ...(programmes ?? []).map(({ id, name }) => ({ value: id, title: name })),
      ...(isUnknown
        ? [{ value: programme, title: programmes === undefined ? "…" : `${programme}, which is not there` }]
        : []),
    ],
  };
};

export const withProgramme = ({ programme: _, ...block }: DatasetBlock, chosen: string): DatasetBlock =>
  chosen === "" ? block : { ...block, programme: chosen };

/** Its title follows while it is no title of somebody's own; a programme stays where the other data set asks for one, too. */
export const withDataset = (block: DatasetBlock, name: string): DatasetBlock => {
  const dataset = DATASET_NAMES.find((one) => one === name) ?? block.dataset;
  const title = block.title === datasetTitle(block.dataset) ? datasetTitle(dataset) : block.title;
  const changed = { ...block, dataset, title };
  return asksForProgramme(changed) ? changed : withProgramme(changed, "");
};
