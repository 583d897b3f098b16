import { DATASET_NAMES } from "trimtab/report-datasets";
import { Field } from "../../components/field.tsx";
import type { Block, BlockOf } from "../../components/report/report-types.ts";
import { SelectField } from "../../components/select-field.tsx";
import { TextAreaField } from "../../components/text-area-field.tsx";
import { AskingSettings } from "./asking-settings.tsx";
import { datasetTitle } from "./blocks.ts";

interface BlockSettingsProps {
  readonly block: Block;
  readonly onChange: (block: Block) => void;
}

/** What can be said of a block besides its fields. */
export const BlockSettings = ({ block, onChange }: BlockSettingsProps) => {
  switch (block.type) {
    case "heading":
      return <HeadingSettings block={block} onChange={onChange} />;
    case "text":
      return (
        <TextAreaField
          label="Text"
          hint="Markdown: **strong**, *emphasis*, `code`, - lists, > quotes, [links](https://…)"
          rows={8}
          maxLength={20_000}
          value={block.text}
          onChange={(event) => onChange({ ...block, text: event.target.value })}
        />
      );
    case "page-break":
      return <p className="text-sm text-ink-2">What follows begins on a new page of the PDF.</p>;
    case "dataset":
      return <DatasetSettings block={block} onChange={onChange} />;
    default:
      return <AskingSettings block={block} onChange={onChange} />;
  }
};

const HeadingSettings = ({
  block,
  onChange,
}: {
  readonly block: BlockOf<"heading">;
  readonly onChange: (block: Block) => void;
}) => (
  <div className="flex flex-col gap-3">
    <Field
      label="Heading"
      maxLength={200}
      value={block.text}
      onChange={(event) => onChange({ ...block, text: event.target.value })}
    />
    <SelectField
      label="Size"
      value={`${block.level}`}
      choices={[
        { value: "1", title: "Large: a part of the contents" },
        { value: "2", title: "Middle" },
        { value: "3", title: "Small" },
      ]}
      onChange={(event) => onChange({ ...block, level: Number(event.target.value) })}
    />
  </div>
);

const DatasetSettings = ({
  block,
  onChange,
}: {
  readonly block: BlockOf<"dataset">;
  readonly onChange: (block: Block) => void;
}) => (
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
      onChange={(event) => {
        const dataset = DATASET_NAMES.find((name) => name === event.target.value) ?? block.dataset;
        const isOwnTitle = block.title !== datasetTitle(block.dataset);
        onChange({ ...block, dataset, title: isOwnTitle ? block.title : datasetTitle(dataset) });
      }}
    />
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
