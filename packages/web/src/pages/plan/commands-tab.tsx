import { Download } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { CodeBlock } from "../../components/code-block.tsx";
import { saveFile } from "../../components/copy-text.ts";
import { Segmented } from "../../components/segmented.tsx";
import type { PlanPartProps } from "./plan-page.tsx";

/** The whole plan to copy: for who types it, and for who keeps settings in Terraform. */
export const CommandsTab = ({ page, search, go }: PlanPartProps) => {
  const isTerraform = search.as === "terraform";
  const text = isTerraform ? page.terraform : page.shell;
  return (
    <Card
      title={isTerraform ? "As Terraform" : "As a shell script"}
      about={
        isTerraform
          ? "Attributes to put into the blocks that describe these resources, so that the next run of Terraform does not set them back"
          : "To read, or to type by hand. Run by Trimtab, no shell is used, and every step is checked, watched and written down"
      }
      actions={
        <div className="flex flex-wrap gap-2">
          <Segmented
            label="Written as"
            value={isTerraform ? "terraform" : "shell"}
            choices={[
              { value: "shell", title: "Shell" },
              { value: "terraform", title: "Terraform" },
            ]}
            onChoose={(as) => go(as === "terraform" ? { view: "commands", as } : { view: "commands" })}
          />
          <Button
            onClick={() =>
              saveFile(
                `${page.line.id}.${isTerraform ? "tf" : "sh"}`,
                new Blob([text], { type: "text/plain;charset=utf-8" }),
              )
            }
          >
            <Download size={15} aria-hidden /> Download
          </Button>
        </div>
      }
    >
      <CodeBlock what={isTerraform ? "Terraform" : "Shell script"} text={text} className="max-h-[70dvh]" />
    </Card>
  );
};
