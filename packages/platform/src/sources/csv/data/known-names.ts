import type { LakeColumnName } from "@trimtab/domain";

/**
 * What providers and vendors call a column of FOCUS, in lower-case letters and digits; the likeliest first.
 * @see https://github.com/finopsfoundation/focus_converters, focus-finops mappings of AWS, Azure, GCP and OCI
 *   (read 2026-11-21), and the export formats of DigitalOcean, Snowflake, Datadog and OpenAI
 */
// biome-ignore format: one column a line
export const KNOWN_NAMES: readonly (readonly [LakeColumnName, readonly string[]])[] = [
  ["BilledCost", ["billedcost", "costinbillingcurrency", "cost", "amount", "totalcost", "mycost", "charges", "charge", "total", "usd", "netcost", "netamount", "invoicedamount", "lineitemunblendedcost", "pretaxcost", "amountusd", "costusd", "usagecost", "price"]],
  ["EffectiveCost", ["effectivecost", "amortizedcost", "amortisedcost", "amortizedamount"]],
  ["ListCost", ["listcost", "ondemandcost", "publicondemandcost", "pricingpublicondemandcost", "costatlist", "retailcost", "grosscost"]],
  ["ContractedCost", ["contractedcost", "negotiatedcost"]],
  ["BillingCurrency", ["billingcurrency", "billingcurrencycode", "currency", "currencycode", "curr", "lineitemcurrencycode"]],
  ["BillingAccountId", ["billingaccountid", "payeraccountid", "billpayeraccountid", "accountid", "account", "customerid", "organizationid", "organisationid", "orgid", "subscriptionid", "tenancyid", "invoiceaccount"]],
  ["BillingAccountName", ["billingaccountname", "accountname", "customername", "organizationname", "payeraccountname"]],
  ["SubAccountId", ["subaccountid", "usageaccountid", "lineitemusageaccountid", "tenantid", "projectid", "workspaceid", "teamid"]],
  ["SubAccountName", ["subaccountname", "projectname", "project", "workspace", "compartmentname", "usageaccountname"]],
  ["ChargePeriodStart", ["chargeperiodstart", "usagestartdate", "usagestart", "intervalusagestart", "intervalstart", "starttime", "startdate", "start", "usagedate", "usagestarttime", "date", "day", "timestamp", "lineitemusagestartdate"]],
  ["ChargePeriodEnd", ["chargeperiodend", "usageenddate", "usageend", "intervalusageend", "intervalend", "endtime", "enddate", "end", "usageendtime", "lineitemusageenddate"]],
  ["BillingPeriodStart", ["billingperiodstart", "billingperiodstartdate", "billbillingperiodstartdate", "billingmonth", "invoicemonth", "month"]],
  ["BillingPeriodEnd", ["billingperiodend", "billingperiodenddate", "billbillingperiodenddate"]],
  ["ServiceName", ["servicename", "service", "product", "productname", "servicedescription", "metercategory", "lineitemproductcode", "productcode", "consumedservice"]],
  ["ServiceCategory", ["servicecategory", "servicefamily", "productfamily", "category"]],
  ["ServiceProviderName", ["serviceprovidername", "providername", "provider", "vendor", "vendorname", "cloud"]],
  ["InvoiceIssuerName", ["invoiceissuername", "invoiceissuer", "seller", "reseller", "publisher", "publishername", "legalentity"]],
  ["InvoiceId", ["invoiceid", "invoicenumber", "invoice", "invoiceuuid", "billinvoiceid"]],
  ["ChargeCategory", ["chargecategory", "chargetype", "lineitemtype", "costtype", "type"]],
  ["ChargeDescription", ["chargedescription", "description", "lineitemdescription", "productdescription", "skudescription", "details", "itemdescription"]],
  ["ResourceId", ["resourceid", "resource", "lineitemresourceid", "instanceid", "resourceglobalname"]],
  ["ResourceName", ["resourcename", "instancename"]],
  ["ResourceType", ["resourcetype", "instancetype"]],
  ["RegionId", ["regionid", "region", "location", "resourcelocation", "productregion", "datacenter"]],
  ["AvailabilityZone", ["availabilityzone", "availabilitydomain", "zone", "lineitemavailabilityzone"]],
  ["ConsumedQuantity", ["consumedquantity", "quantity", "usagequantity", "usageamount", "billedquantity", "usage", "units", "hours", "lineitemusageamount"]],
  ["ConsumedUnit", ["consumedunit", "unit", "usageunit", "unitofmeasure", "skuunitdescription", "pricingunit"]],
  ["PricingQuantity", ["pricingquantity", "usageamountinpricingunits"]],
  ["PricingUnit", ["pricingunits", "pricingunitofmeasure"]],
  ["ListUnitPrice", ["listunitprice", "paygprice", "publicprice", "pricingpublicondemandrate", "listprice"]],
  ["ContractedUnitPrice", ["contractedunitprice", "unitprice", "effectiveprice", "rate", "unitcost"]],
  ["SkuId", ["skuid", "sku", "productsku", "meterid", "partnumber"]],
  ["SkuPriceId", ["skupriceid", "pricingratecode"]],
];
