import ipaddr from "ipaddr.js";
import { notifyErrors } from "../errors.ts";

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = readonly [Address, number];

/** Decides of one address whether a channel may connect to it. */
export interface AddressRules {
  /** Why not; undefined: it may. */
  refusalOf(address: string): string | undefined;
}

/**
 * Where clouds answer machines with credentials and more. They are refused even within an allowed network, unless named
 * one by one.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html, 2026-11
 * @see https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16, 2026-11
 */
const METADATA = new Set([
  "169.254.169.254",
  "169.254.170.2",
  "169.254.170.23",
  "168.63.129.16",
  "100.100.100.200",
  "192.0.0.192",
  "fd00:ec2::254",
  "fd00:ec2::23",
  "fd20:ce::254",
]);

/** All that is routed on the public internet is in it. @see https://www.iana.org/assignments/ipv6-address-space, 2026-11 */
const GLOBAL_UNICAST: Network = [ipaddr.parse("2000::"), 3];

/** @throws NOTIFY_NETWORK_INVALID */
export const parseNetwork = (text: string): Network => {
  const trimmed = text.trim();
  try {
    if (trimmed.includes("/")) return ipaddr.parseCIDR(trimmed);
    const address = ipaddr.parse(trimmed);
    return [address, address.kind() === "ipv4" ? 32 : 128];
  } catch (cause) {
    throw notifyErrors.create("NOTIFY_NETWORK_INVALID", { network: trimmed }, { cause });
  }
};

/** An IPv4 address that stands in an IPv6 one is judged as what it is. */
const unwrapped = (address: Address): Address =>
  address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;

const isIn = (address: Address, [network, bits]: Network): boolean =>
  address.kind() === network.kind() && address.match(network, bits);

/** Rules by the networks that are allowed although they are not public. @throws NOTIFY_NETWORK_INVALID */
export const addressRules = (allowedNetworks: readonly string[]): AddressRules => {
  const allowed = allowedNetworks.map(parseNetwork).map(([address, bits]): Network => {
    const plain = unwrapped(address);
    return plain.kind() === address.kind() ? [address, bits] : [plain, Math.max(0, bits - 96)];
  });
  return {
    refusalOf: (text) => {
      if (!ipaddr.isValid(text)) return "it is no address";
      const address = unwrapped(ipaddr.parse(text));
      const whole = address.kind() === "ipv4" ? 32 : 128;
      const isNamed = allowed.some((network) => network[1] === whole && isIn(address, network));
      if (isNamed) return undefined;
      if (METADATA.has(address.toString())) return "it is where a cloud answers its machines";
      if (allowed.some((network) => isIn(address, network))) return undefined;
      const range = address.range();
      const isPublic = range === "unicast" && (address.kind() === "ipv4" || isIn(address, GLOBAL_UNICAST));
      return isPublic
        ? undefined
        : `its address is ${range === "unicast" ? "not routed" : (RANGES[range] ?? "reserved")}`;
    },
  };
};

const RANGES: Readonly<Record<string, string>> = {
  loopback: "this machine's own",
  private: "private",
  linkLocal: "link-local",
  carrierGradeNat: "shared by a provider's customers",
  uniqueLocal: "private",
  unspecified: "no machine's",
  multicast: "many machines'",
  broadcast: "many machines'",
};
