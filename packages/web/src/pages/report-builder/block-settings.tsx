import { Field } from "../../components/field.tsx";
import type { Block, BlockOf } from "../../components/report/report-types.ts";
import { SelectField } from "../../components/select-field.tsx";
import { TextAreaField } from "../../components/text-area-field.tsx";
import { AskingSettings } from "./asking-settings.tsx";
import { DatasetSettings } from "./dataset-settings.tsx";

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
