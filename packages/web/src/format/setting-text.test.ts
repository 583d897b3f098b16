import { expect, test } from "vitest";
import { settingText, settingTitle } from "./setting-text.ts";

test.each([
  ["memoryMiB", "Memory MiB"],
  ["minInstances", "Min instances"],
  ["cpuAllocation", "CPU allocation"],
  ["vcpu", "vCPU"],
  ["tier", "Tier"],
  ["diskSizeGB", "Disk size GB"],
  ["off_hours-days", "Off hours days"],
])("the setting %s is called %s", (setting, title) => {
  expect(settingTitle(setting)).toBe(title);
});

test.each([
  [null, "not set"],
  ["instance", "instance"],
  [{ on: true }, '{"on":true}'],
])("the value %j reads %s", (value, text) => {
  expect(settingText(value)).toBe(text);
});
