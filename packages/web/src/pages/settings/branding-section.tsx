import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type Branding, brandingOptions } from "../../api/branding.ts";
import { call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { Logo } from "../../app/logo.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { CheckField } from "../../components/check-field.tsx";
import { Field } from "../../components/field.tsx";
import { FormFoot } from "../../components/form-foot.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { toast } from "../../components/toaster.tsx";
import { contrast, textOn } from "../../design/colour.ts";

const OURS = { light: "#0b6b7c", dark: "#4fc4d4" } as const;
/** What accents stand on; see tokens.css. */
const SURFACES = { light: "#ffffff", dark: "#131b21" } as const;

/** How pages, reports and messages call themselves. */
export const BrandingSection = () => {
  const branding = useQuery(brandingOptions);
  if (branding.isError)
    return <ProblemPanel error={branding.error} onRetry={() => void branding.refetch()} />;
  if (branding.data === undefined) return <Skeleton className="h-72 w-full" />;
  return <BrandingForm key={JSON.stringify(branding.data)} saved={branding.data} />;
};

const readPicture = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(`${reader.result}`);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

const BrandingForm = ({ saved }: { readonly saved: Branding }) => {
  const [draft, setDraft] = useState(saved);
  const save = useChange({
    run: (body: Branding) => call("PUT /api/v1/branding", { body }),
    refreshes: ["branding"],
    done: "Branding saved: everybody sees it from now on",
    isFormShowingProblem: true,
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate({ ...draft, name: draft.name?.trim() === "" ? null : draft.name });
  };
  const choosePicture = (file: File | undefined) => {
    if (file === undefined) return;
    if (file.size > 145_000) return toast("The logo is larger than 140 KiB; make it smaller.", "failed");
    readPicture(file)
      .then((logo) => setDraft({ ...draft, logo }))
      .catch(() => toast("The file can't be read.", "failed"));
  };
  return (
    <Card title="Branding" about="Name, logo and colours of pages, reports and messages">
      <div className="grid gap-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <form onSubmit={onSubmit} className="flex max-w-md flex-col gap-4">
          <Field
            label="Name"
            maxLength={60}
            value={draft.name ?? ""}
            placeholder="Trimtab"
            onChange={(event) => setDraft({ ...draft, name: event.target.value || null })}
          />
          <div className="flex flex-wrap items-end gap-2">
            <Field
              label="Logo"
              type="file"
              accept="image/png,image/jpeg,image/webp"
              className="min-w-0 grow"
              hint="Square PNG, JPEG or WebP, up to 140 KiB"
              onChange={(event) => choosePicture(event.target.files?.[0])}
            />
            {draft.logo !== null && (
              <Button className="mb-6" onClick={() => setDraft({ ...draft, logo: null })}>
                Remove logo
              </Button>
            )}
          </div>
          <CheckField
            label="Own colours"
            hint="Of buttons, links and the first series of charts"
            checked={draft.colour !== null}
            onChange={(event) => setDraft({ ...draft, colour: event.target.checked ? OURS : null })}
          />
          {draft.colour !== null && (
            <div className="flex flex-wrap gap-4">
              {(["light", "dark"] as const).map((theme) => (
                <Field
                  key={theme}
                  label={theme === "light" ? "On light pages" : "On dark pages"}
                  type="color"
                  className="w-36"
                  value={draft.colour?.[theme] ?? OURS[theme]}
                  error={contrastProblem(draft.colour?.[theme] ?? OURS[theme], SURFACES[theme])}
                  onChange={(event) =>
                    setDraft({
                      ...draft,
                      colour: { ...(draft.colour ?? OURS), [theme]: event.target.value },
                    })
                  }
                />
              ))}
            </div>
          )}
          <FormFoot action="Save branding" isBusy={save.isPending} error={save.error}>
            <Button onClick={() => setDraft({ name: null, logo: null, colour: null })}>Back to ours</Button>
          </FormFoot>
        </form>
        <div className="flex flex-col gap-3">
          <p className="text-sm font-medium">How it looks</p>
          {(["light", "dark"] as const).map((theme) => (
            <Preview key={theme} theme={theme} draft={draft} />
          ))}
        </div>
      </div>
    </Card>
  );
};

const contrastProblem = (colour: string, surface: string): string | undefined =>
  contrast(colour, surface) < 4.5 ? "Too faint to read as text: choose a stronger one." : undefined;

const Preview = ({ theme, draft }: { readonly theme: "light" | "dark"; readonly draft: Branding }) => {
  const colour = (draft.colour ?? OURS)[theme];
  return (
    <div
      data-theme={theme}
      className="flex flex-wrap items-center gap-2.5 rounded-lg border border-line bg-surface p-3 text-ink"
    >
      <Logo source={draft.logo} />
      <span className="grow text-lg font-semibold tracking-tight">{draft.name || "Trimtab"}</span>
      <span
        className="inline-flex h-8 items-center rounded-md px-2.5 text-sm font-medium"
        style={{ background: colour, color: textOn(colour) }}
      >
        A button
      </span>
    </div>
  );
};
