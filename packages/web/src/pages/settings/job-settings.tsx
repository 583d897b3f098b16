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
  readonly items?: { readonly type?: string };
}

const propertiesOf = (schema: Readonly<Record<string, unknown>>): readonly (readonly [string, Property])[] =>
  Object.entries((schema.properties ?? {}) as Readonly<Record<string, Property>>);

const isLines = ({ type, items }: Property): boolean => type === "array" && items?.type === "string";

const titleOf = (name: string, { title }: Property): string => {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return title ?? words.charAt(0).toUpperCase() + words.slice(1);
};

interface JobSettingsProps {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What a kind of job asks for; whatever has no control of its own is written as JSON. */
export const JobSettings = ({ schema, values }: JobSettingsProps) => (
  <>
    {propertiesOf(schema).map(([name, property]) => (
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
  if (isLines(property)) {
    const lines = Array.isArray(value) ? value.join("\n") : "";
    return (
      <TextAreaField
        {...common}
        hint={`${property.description ?? ""} One a line.`.trim()}
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

/** The settings that the form says. @throws SyntaxError where JSON was asked for and something else was written */
export const readJobSettings = (
  schema: Readonly<Record<string, unknown>>,
  form: FormData,
): Readonly<Record<string, unknown>> => {
  const read: Record<string, unknown> = {};
  for (const [name, property] of propertiesOf(schema)) {
    const text = `${form.get(`job ${name}`) ?? ""}`.trim();
    if (property.type === "boolean") read[name] = form.has(`job ${name}`);
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
