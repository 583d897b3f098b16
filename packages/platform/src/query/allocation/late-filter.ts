import { queryErrors } from "../errors.ts";
import type { KeyCell } from "../finish/groups.ts";
import type { Condition } from "../types.ts";

/**
 * A condition on a value that only exists after shared costs were split.
 * @throws QUERY_FILTER_TYPE for `matches`, whose language belongs to the engines
 */
export const lateConditionHolds = (condition: Condition, value: KeyCell): boolean => {
  switch (condition.op) {
    case "is null":
    case "absent":
      return value === null;
    case "is not null":
    case "present":
      return value !== null;
    case "!=":
      return value !== condition.value;
    case "not in":
      return value === null || !condition.values.includes(value);
    case "matches":
      throw queryErrors.create("QUERY_FILTER_TYPE", {
        dimension: condition.dimension,
        type: "shared costs",
        operator: condition.op,
      });
    default:
      return value !== null && textConditionHolds(condition, value);
  }
};

const textConditionHolds = (condition: Condition, value: string): boolean => {
  switch (condition.op) {
    case "=":
      return value === condition.value;
    case "in":
      return condition.values.includes(value);
    case "contains":
      return value.includes(condition.value);
    case "starts with":
      return value.startsWith(condition.value);
    case "<":
      return value < condition.value;
    case "<=":
      return value <= condition.value;
    case ">":
      return value > condition.value;
    case ">=":
      return value >= condition.value;
    default:
      return false;
  }
};
