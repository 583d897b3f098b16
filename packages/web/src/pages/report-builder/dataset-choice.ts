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

export const asksForTags = ({ dataset }: DatasetBlock): boolean => dataset === "tag-coverage";

/** As the report's definition has it. */
export const MOST_TAGS = 20;

/** @param lines a tag's key in each, as bills write them; none leaves the choice to the data set */
export const withTags = ({ tags: _, ...block }: DatasetBlock, lines: string): DatasetBlock => {
  const keys = new Set(lines.split("\n").flatMap((line) => line.trim().slice(0, 200) || []));
  return keys.size === 0 ? block : { ...block, tags: [...keys].slice(0, MOST_TAGS) };
};

/** Its title follows while it is no title of somebody's own; what the other data set does not ask for goes. */
export const withDataset = (block: DatasetBlock, name: string): DatasetBlock => {
  const dataset = DATASET_NAMES.find((one) => one === name) ?? block.dataset;
  const title = block.title === datasetTitle(block.dataset) ? datasetTitle(dataset) : block.title;
  const changed = { ...block, dataset, title };
  const fitting = asksForTags(changed) ? changed : withTags(changed, "");
  return asksForProgramme(fitting) ? fitting : withProgramme(fitting, "");
};
