import { CheckField } from "../../components/check-field.tsx";
import { Field } from "../../components/field.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { TextAreaField } from "../../components/text-area-field.tsx";

/** As much of JSON schema as settings of jobs use. */
interface Property {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly items?: { readonly type?: string; readonly enum?: readonly unknown[] };
}

const propertiesOf = (schema: Readonly<Record<string, unknown>>): readonly (readonly [string, Property])[] =>
  Object.entries((schema.properties ?? {}) as Readonly<Record<string, Property>>);

/** Some of a few. */
const choicesOf = ({ type, items }: Property): readonly unknown[] | undefined =>
  type === "array" ? items?.enum : undefined;

const isLines = (property: Property): boolean =>
  property.type === "array" && property.items?.type === "string" && choicesOf(property) === undefined;

const titleOf = (name: string, { title }: Property): string => {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return title ?? words.charAt(0).toUpperCase() + words.slice(1);
};

interface JobSettingsProps {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly values: Readonly<Record<string, unknown>>;
  /** Settings that somebody else has said: they are not asked for. */
  readonly settled?: readonly string[];
}

/** What a kind of job asks for; whatever has no control of its own is written as JSON. */
export const JobSettings = ({ schema, values, settled = [] }: JobSettingsProps) => (
  <>
    {propertiesOf(schema)
      .filter(([name]) => !settled.includes(name))
      .map(([name, property]) => (
        <Setting key={name} name={name} property={property} value={values[name] ?? property.default} />
      ))}
  </>
);

interface SettingProps {
  readonly name: string;
  readonly property: Property;
  readonly value: unknown;
}

const Setting = ({ name, property, value }: SettingProps) => {
  const common = {
    label: titleOf(name, property),
    name: `job ${name}`,
    ...(property.description === undefined ? {} : { hint: property.description }),
  };
  const text = typeof value === "string" || typeof value === "number" ? `${value}` : "";
  if (property.type === "boolean") return <CheckField {...common} defaultChecked={value === true} />;
  if (property.enum !== undefined) {
    const choices = property.enum.map((choice) => ({ value: `${choice}`, title: `${choice}` }));
    return <SelectField {...common} choices={choices} defaultValue={text} />;
  }
  const some = choicesOf(property);
  if (some !== undefined)
    return <Some {...common} choices={some} chosen={Array.isArray(value) ? value : []} />;
  if (isLines(property)) {
    const lines = Array.isArray(value) ? value.join("\n") : "";
    return (
      <TextAreaField
        {...common}
        hint={[property.description, "one a line"].filter(Boolean).join("; ")}
        rows={3}
        defaultValue={lines}
      />
    );
  }
  if (property.type === "object" || property.type === "array") {
    const json = value === undefined ? "" : JSON.stringify(value, null, 2);
    return <TextAreaField {...common} hint="JSON" rows={5} defaultValue={json} className="font-mono" />;
  }
  const isNumber = property.type === "number" || property.type === "integer";
  return <Field {...common} type={isNumber ? "number" : "text"} step="any" defaultValue={text} />;
};

interface SomeProps {
  readonly label: string;
  readonly name: string;
  readonly hint?: string;
  readonly choices: readonly unknown[];
  readonly chosen: readonly unknown[];
}

const Some = ({ label, name, hint, choices, chosen }: SomeProps) => (
  <fieldset className="flex flex-col gap-1">
    <legend className="text-sm font-medium">{label}</legend>
    {hint !== undefined && <p className="text-sm text-ink-3">{hint}</p>}
    <div className="flex flex-wrap gap-x-5 gap-y-1">
      {choices.map((choice) => (
        <CheckField
          key={`${choice}`}
          label={`${choice}`}
          name={name}
          value={`${choice}`}
          defaultChecked={chosen.includes(choice)}
        />
      ))}
    </div>
  </fieldset>
);

/** The settings that the form says. @throws SyntaxError where JSON was asked for and something else was written */
export const readJobSettings = (
  schema: Readonly<Record<string, unknown>>,
  form: FormData,
): Readonly<Record<string, unknown>> => {
  const read: Record<string, unknown> = {};
  for (const [name, property] of propertiesOf(schema)) {
    const text = `${form.get(`job ${name}`) ?? ""}`.trim();
    if (property.type === "boolean") read[name] = form.has(`job ${name}`);
    else if (choicesOf(property) !== undefined) read[name] = form.getAll(`job ${name}`);
    else if (isLines(property)) {
      read[name] = text
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "");
    } else if (text === "") continue;
    else if (property.type === "number" || property.type === "integer") read[name] = Number(text);
    else read[name] = property.type === "object" || property.type === "array" ? JSON.parse(text) : text;
  }
  return read;
};
