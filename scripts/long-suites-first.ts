import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Folders of suites that start the whole program, the longest first. */
const LONG = ["test/fuzz/", "test/reliability/", "test/conformance/", "test/e2e/", "test/"];

/** Starts long suites first, so that none is left running alone on one core at the end. */
export class LongSuitesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId }: TestSpecification) => {
      const rank = LONG.findIndex((folder) => moduleId.includes(`/${folder}`));
      return rank < 0 ? LONG.length : rank;
    };
    return files.toSorted((a, b) => rankOf(a) - rankOf(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}
