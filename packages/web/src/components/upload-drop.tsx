import { useQueryClient } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { type DragEvent, useId, useRef, useState } from "react";
import { toProblem } from "../api/problem.ts";
import { uploadBill } from "../api/upload-bill.ts";
import { formatBytes, formatRatio } from "../format/numbers.ts";
import { Button } from "./button.tsx";
import { classNames } from "./class-names.ts";

interface Sending {
  readonly name: string;
  readonly share: number;
}

/** A page that is left takes with it what it has not sent yet. */
const askBeforeLeaving = (event: Event): void => event.preventDefault();

/** Sends files one after the other, and says how far each is. */
const useSending = (maxBytes: number | undefined) => {
  const client = useQueryClient();
  const [sending, setSending] = useState<Sending>();
  const [problem, setProblem] = useState<string>();
  const send = async (files: readonly File[]) => {
    setProblem(undefined);
    addEventListener("beforeunload", askBeforeLeaving);
    for (const file of files) {
      if (maxBytes !== undefined && file.size > maxBytes) {
        setProblem(
          `${file.name} has ${formatBytes(file.size)}; at most ${formatBytes(maxBytes)} are taken. Load larger files with trimtab ingest.`,
        );
        break;
      }
      try {
        setSending({ name: file.name, share: 0 });
        await uploadBill(file, (share) => setSending({ name: file.name, share }));
      } catch (error) {
        const { message, hint } = toProblem(error);
        setProblem(`${message} ${hint}`);
        break;
      }
    }
    removeEventListener("beforeunload", askBeforeLeaving);
    setSending(undefined);
    await client.invalidateQueries({ queryKey: ["uploads"] });
  };
  return { sending, problem, send };
};

/** Drop bills or choose them. */
export const UploadDrop = ({ maxBytes }: { readonly maxBytes: number | undefined }) => {
  const { sending, problem, send } = useSending(maxBytes);
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void send([...event.dataTransfer.files]);
  };
  return (
    <div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button below is the first */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
        className={classNames(
          "flex flex-col items-center gap-2 rounded-lg border-2 border-dashed px-4 py-8 text-center",
          isOver ? "border-accent bg-accent-soft" : "border-line-strong bg-canvas",
        )}
      >
        <FileUp size={24} aria-hidden className="text-ink-3" />
        <p className="text-sm text-ink-2" id={id}>
          AWS Cost and Usage Report, Azure, Google Cloud, OCI, FOCUS and more; the file says what it is
        </p>
        <input
          ref={input}
          type="file"
          multiple
          aria-label="Bills"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            void send([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        <Button
          kind="primary"
          aria-describedby={id}
          disabled={sending !== undefined}
          onClick={() => input.current?.click()}
        >
          {sending === undefined ? "Choose files" : "Sending…"}
        </Button>
        <p className="text-xs text-ink-3">or drop them here</p>
      </div>
      <div role="status" className="mt-2 text-sm text-ink-2">
        {sending !== undefined && `${sending.name}: ${formatRatio(sending.share)} sent`}
      </div>
      {problem !== undefined && (
        <p role="alert" className="mt-1 text-sm text-danger">
          {problem}
        </p>
      )}
    </div>
  );
};
