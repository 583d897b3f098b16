import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { DATASET_NAMES } from "trimtab/report-datasets";
import { useMe } from "../../api/use-me.ts";
import { Field } from "../../components/field.tsx";
import type { Block, BlockOf } from "../../components/report/report-types.ts";
import { SelectField } from "../../components/select-field.tsx";
import { TextAreaField } from "../../components/text-area-field.tsx";
import { programmesOptions } from "../programme/programme-search.ts";
import { datasetTitle } from "./blocks.ts";
import {
  asksForProgramme,
  asksForTags,
  MOST_TAGS,
  programmeChoices,
  withDataset,
  withProgramme,
  withTags,
} from "./dataset-choice.ts";

interface DatasetSettingsProps {
  readonly block: BlockOf<"dataset">;
  readonly onChange: (block: Block) => void;
}

export const DatasetSettings = ({ block, onChange }: DatasetSettingsProps) => (
  <div className="flex flex-col gap-3">
    <Field
      label="Title"
      maxLength={200}
      value={block.title}
      onChange={(event) => onChange({ ...block, title: event.target.value })}
    />
    <SelectField
      label="What it shows"
      hint="Each shows only what its reader may see, and says so where that is nothing."
      value={block.dataset}
      choices={DATASET_NAMES.map((name) => ({ value: name, title: datasetTitle(name) }))}
      onChange={(event) => onChange(withDataset(block, event.target.value))}
    />
    {asksForProgramme(block) && <ProgrammeSetting block={block} onChange={onChange} />}
    {asksForTags(block) && <TagsSetting key={block.id} block={block} onChange={onChange} />}
    <Field
      label="Rows at most"
      type="number"
      min={1}
      max={1000}
      value={block.limit}
      onChange={(event) =>
        onChange({
          ...block,
          limit: Math.min(1000, Math.max(1, Math.round(Number(event.target.value)) || 1)),
        })
      }
    />
  </div>
);

/** What is typed stays as it is typed; the block takes the tags in it. */
const TagsSetting = ({ block, onChange }: DatasetSettingsProps) => {
  const [text, setText] = useState((block.tags ?? []).join("\n"));
  return (
    <TextAreaField
      label="Tags"
      hint={`One a line, as the bills write them, at most ${MOST_TAGS}. None: the usual ones that the bills have.`}
      rows={4}
      value={text}
      onChange={({ target: { value } }) => {
        setText(value);
        onChange(withTags(block, value));
      }}
    />
  );
};

const ProgrammeSetting = ({ block, onChange }: DatasetSettingsProps) => {
  const seesAll = useMe()?.scope.kind === "all";
  const { data, isError } = useQuery({ ...programmesOptions, enabled: seesAll });
  if (!seesAll)
    return (
      <p className="text-sm text-ink-2">
        Programmes speak of all charges, and you see part of them: whoever sees all chooses one.
      </p>
    );
  const { value, choices } = programmeChoices(block, data?.items);
  return (
    <SelectField
      label="Programme"
      hint={isError ? "Programmes could not be read." : "Where there are several, choose one."}
      value={value}
      disabled={data === undefined}
      choices={choices}
      onChange={(event) => onChange(withProgramme(block, event.target.value))}
    />
  );
};
