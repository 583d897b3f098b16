import { add, type Decimal, decimal, equals, formatDecimal, subtract, ZERO } from "@trimtab/domain";
import { lakeErrors } from "../errors.ts";
import type { CostColumn, CostSums } from "../manifest.ts";
import { MAPPED, REJECTED, UNMAPPED } from "./relation-sql.ts";
import type { EquationProof, FateSum } from "./report.ts";
import { type SurveyLine, sumInputs } from "./survey.ts";

const total = (sums: readonly CostSums[], currency: string, column: CostColumn): Decimal =>
  sums.reduce((sum, own) => add(sum, decimal(own[currency]?.[column] ?? "0")), ZERO);

interface Taken {
  readonly name: string;
  readonly all: { readonly input: Decimal; readonly residue: Decimal };
  readonly rejected: { readonly input: Decimal; readonly residue: Decimal };
}

/** What the equations with this output take from the lines, over all groups that declare one. */
const taken = (lines: readonly SurveyLine[], output: CostColumn): Taken | undefined => {
  const names: string[] = [];
  const none = { input: ZERO, residue: ZERO };
  let all = none;
  let rejected = none;
  for (const [staged, own] of Map.groupBy(lines, (line) => line.staged)) {
    for (const [index, equation] of staged.group.mapping.equations.entries()) {
      if (equation.output !== output) continue;
      if (!names.includes(equation.name)) names.push(equation.name);
      const sum = sumInputs(own, index);
      const bad = sumInputs(
        own.filter(({ fate }) => fate === REJECTED),
        index,
      );
      all = { input: add(all.input, sum.input), residue: add(all.residue, sum.residue) };
      rejected = { input: add(rejected.input, bad.input), residue: add(rejected.residue, bad.residue) };
    }
  }
  return names.length === 0 ? undefined : { name: names.join("; "), all, rejected };
};

/**
 * Proves every declared equation of one source on the written files.
 * @throws LAKE_CONSERVATION when one fails: then nothing is committed
 */
export const proveEquations = (
  source: string,
  lines: readonly SurveyLine[],
  written: readonly CostSums[],
): readonly EquationProof[] => {
  const proofs: EquationProof[] = [];
  for (const output of ["BilledCost", "EffectiveCost", "ListCost", "ContractedCost"] as const) {
    for (const [currency, own] of Map.groupBy(lines, (line) => line.currency)) {
      const sums = taken(own, output);
      if (sums === undefined) continue;
      const accepted = total(written, currency, output);
      const { input, residue } = sums.all;
      const proof = {
        source,
        name: sums.name,
        output,
        currency,
        input: formatDecimal(add(input, residue)),
        accepted: formatDecimal(accepted),
        quarantined: formatDecimal(add(sums.rejected.input, sums.rejected.residue)),
        rounding: formatDecimal(subtract(residue, sums.rejected.residue)),
      };
      if (!equals(input, add(accepted, sums.rejected.input)))
        throw lakeErrors.create("LAKE_CONSERVATION", {
          source,
          equation: sums.name,
          currency: currency || "no currency",
          input: proof.input,
          output: proof.accepted,
          quarantined: proof.quarantined,
        });
      proofs.push(proof);
    }
  }
  return proofs;
};

/** Rows that became no charge, by why. */
export const sumFates = (lines: readonly SurveyLine[]): readonly FateSum[] => {
  const others = lines.filter(({ fate }) => fate !== MAPPED);
  const keyOf = ({ staged, fate, currency }: SurveyLine) =>
    JSON.stringify([staged.group.source.id, fate, currency]);
  return [...Map.groupBy(others, keyOf).values()].map((own) => {
    const [{ staged, fate, currency }] = own as [SurveyLine];
    const { equations, drops = [] } = staged.group.mapping;
    const known: Record<string, string> = {
      [REJECTED]: "could not be read: in quarantine",
      [UNMAPPED]: "no rule of this source takes such a row",
    };
    const rule = drops.find(({ name }) => name === fate);
    return {
      source: staged.group.source.id,
      fate,
      reason: rule?.reason ?? known[fate] ?? "",
      currency,
      rows: own.reduce((sum, { rows }) => sum + rows, 0),
      sums: Object.fromEntries(
        equations.map(({ name }, index) => [name, formatDecimal(sumInputs(own, index).input)]),
      ),
    };
  });
};
