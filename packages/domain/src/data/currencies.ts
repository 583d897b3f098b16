/**
 * ISO 4217 currency codes by number of minor-unit digits, with those withdrawn since 2021 that older bills still carry
 * (ANG, BGN, CUC, HRK, SLL, ZWL).
 * @see https://www.six-group.com/en/products-services/financial-information/data-standards.html lists one and three,
 *   as published 2026-01-01
 */
export const CURRENCIES_BY_MINOR_UNITS: readonly {
  /** Absent where ISO gives none: metals, units of account, test codes. */
  readonly digits?: number;
  readonly codes: string;
}[] = [
  { digits: 0, codes: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF" },
  { digits: 3, codes: "BHD IQD JOD KWD LYD OMR TND" },
  { digits: 4, codes: "CLF UYW" },
  { codes: "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX" },
  {
    digits: 2,
    codes: `
      AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF
      CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK
      HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR
      MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP
      SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG
      YER ZAR ZMW ZWG ZWL`,
  },
];
