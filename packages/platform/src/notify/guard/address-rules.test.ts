import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressRules, parseNetwork } from "./address-rules.ts";

const closed = addressRules([]);

describe("addresses that a channel may reach", () => {
  it.each([
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "169.254.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "203.0.113.7",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:a9fe:a9fe",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "100::1",
    "2001:db8::1",
    "4000::1",
    "not an address",
    "127.0.0.1.example.com",
  ])("are not %s", (address) => {
    expect(closed.refusalOf(address)).toBeTypeOf("string");
  });

  it.each([
    "8.8.8.8",
    "1.1.1.1",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "2a00:1450::1",
    "::ffff:8.8.8.8",
  ])("are %s", (address) => {
    expect(closed.refusalOf(address)).toBeUndefined();
  });

  it("are no private ones, however they are written", () => {
    const octet = fc.nat(255);
    fc.assert(
      fc.property(fc.constantFrom(10, 127), octet, octet, octet, (a, b, c, d) => {
        const hex = [a, b, c, d].map((each) => each.toString(16).padStart(2, "0"));
        for (const text of [
          `${a}.${b}.${c}.${d}`,
          `::ffff:${a}.${b}.${c}.${d}`,
          `::ffff:${hex[0]}${hex[1]}:${hex[2]}${hex[3]}`,
        ])
          expect(closed.refusalOf(text), text).toBeTypeOf("string");
      }),
      { numRuns: 200 },
    );
  });

  it("are also those of networks that were allowed, but no other of them", () => {
    const rules = addressRules(["10.1.2.0/24", "fd12::/16", "127.0.0.1"]);
    for (const address of ["10.1.2.25", "fd12::7", "127.0.0.1", "::ffff:10.1.2.25"])
      expect(rules.refusalOf(address), address).toBeUndefined();
    for (const address of ["10.1.3.25", "fd13::7", "127.0.0.2", "::1"])
      expect(rules.refusalOf(address), address).toBeTypeOf("string");
  });

  it("are a cloud's own only where they are named one by one", () => {
    expect(addressRules(["169.254.0.0/16"]).refusalOf("169.254.169.254")).toContain("cloud");
    expect(addressRules(["169.254.0.0/16"]).refusalOf("169.254.1.1")).toBeUndefined();
    expect(addressRules(["169.254.169.254"]).refusalOf("169.254.169.254")).toBeUndefined();
  });

  it.each(["", "10.0.0.0/33", "anywhere", "10.0.0/8x"])("are allowed by no such text: %s", (text) => {
    expect(() => parseNetwork(text)).toThrow(expect.objectContaining({ code: "NOTIFY_NETWORK_INVALID" }));
  });
});
