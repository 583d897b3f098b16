import { type FormEvent, useState } from "react";
import { call, type Question } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import type { Me } from "../../api/use-me.ts";
import { ThemeChoice } from "../../app/account-menu.tsx";
import { Card } from "../../components/card.tsx";
import { FormFoot } from "../../components/form-foot.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { browserTimeZone } from "../../format/reader.ts";

type Profile = Question<"PUT /api/v1/me/profile">["body"];

/** Ways of writing numbers and dates that differ; a browser's own is always among the choices. */
const LOCALES = [
  ...["cs-CZ", "da-DK", "de-AT", "de-CH", "de-DE", "en-AU", "en-CA", "en-GB", "en-IE", "en-IN", "en-US"],
  ...["es-ES", "es-MX", "fi-FI", "fr-CA", "fr-CH", "fr-FR", "hi-IN", "id-ID", "it-IT", "ja-JP", "ko-KR"],
  ...[
    "nb-NO",
    "nl-NL",
    "pl-PL",
    "pt-BR",
    "pt-PT",
    "ro-RO",
    "sv-SE",
    "tr-TR",
    "uk-UA",
    "vi-VN",
    "zh-CN",
    "zh-TW",
  ],
];

const localeChoices = (chosen: string | null) => {
  const names = new Intl.DisplayNames("en", { type: "language" });
  const all = [...new Set([...LOCALES, navigator.language, ...(chosen === null ? [] : [chosen])])];
  const choices = all.map((value) => ({ value, title: `${names.of(value) ?? value} (${value})` }));
  return [
    { value: "", title: `As the browser: ${navigator.language}` },
    ...choices.toSorted((left, right) => left.title.localeCompare(right.title)),
  ];
};

const zoneChoices = (chosen: string | null) => {
  const all = [
    ...new Set([...(chosen === null ? [] : [chosen]), "UTC", ...Intl.supportedValuesOf("timeZone")]),
  ];
  return [
    { value: "", title: `As the browser: ${browserTimeZone()}` },
    ...all.map((value) => ({ value, title: value.replaceAll("_", " ") })),
  ];
};

/** How numbers, days and moments are written, before and after they are saved. */
export const LanguageCard = ({ me: { profile } }: { readonly me: Me }) => {
  const [locale, setLocale] = useState(profile.locale ?? "");
  const [timeZone, setTimeZone] = useState(profile.timeZone ?? "");
  const save = useChange({
    run: (body: Profile) => call("PUT /api/v1/me/profile", { body }),
    refreshes: ["me"],
    done: "Saved: pages show numbers and dates this way from now on",
    isFormShowingProblem: true,
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate({ locale: locale === "" ? null : locale, timeZone: timeZone === "" ? null : timeZone });
  };
  const isSame = locale === (profile.locale ?? "") && timeZone === (profile.timeZone ?? "");
  return (
    <Card title="Look and language" about="How pages look, and how they write numbers and dates for you">
      <form onSubmit={onSubmit} className="flex max-w-2xl flex-col gap-4">
        <div className="flex flex-col items-start gap-1">
          <span className="text-sm font-medium">Theme of this browser</span>
          <ThemeChoice />
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            label="Numbers and dates"
            value={locale}
            choices={localeChoices(profile.locale)}
            onChange={(event) => setLocale(event.target.value)}
          />
          <SelectField
            label="Time zone"
            value={timeZone}
            choices={zoneChoices(profile.timeZone)}
            onChange={(event) => setTimeZone(event.target.value)}
            hint="Of moments, of today, and of costs by the hour. A bill's days stay the provider's."
          />
        </div>
        <Example locale={locale || navigator.language} timeZone={timeZone || browserTimeZone()} />
        <FormFoot
          action="Save language and time zone"
          isBusy={save.isPending}
          isDisabled={isSame}
          error={save.error}
        />
      </form>
    </Card>
  );
};

const Example = ({ locale, timeZone }: { readonly locale: string; readonly timeZone: string }) => {
  const [now] = useState(() => new Date());
  const money = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: "USD",
    currencyDisplay: "narrowSymbol",
  });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone });
  return (
    <p className="rounded-lg bg-sunken px-3 py-2 text-sm">
      <span className="text-ink-3">For example: </span>
      <output className="num">
        {money.format(12345.6)}, {moment.format(now)}
      </output>
    </p>
  );
};
