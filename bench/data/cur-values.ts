/** What each filled column of the generated CUR 2.0 holds, over the row number `i`. All others are null. */
export const curValues = (month: string): Readonly<Record<string, string>> => {
  const start = `(TIMESTAMP '${month}-01 00:00:00' + to_hours(CAST(i % 720 AS BIGINT)))`;
  const cost = "round((hash(i) % 100000) / 33333.0, 10)";
  const type =
    "CASE i % 40 WHEN 0 THEN 'SavingsPlanCoveredUsage' WHEN 1 THEN 'SavingsPlanNegation' WHEN 2 THEN 'DiscountedUsage' ELSE 'Usage' END";
  // A covered row and its negation follow each other and cancel out.
  const paired = "round((hash(i - i % 40) % 100000) / 33333.0, 10)";
  const unblended = `CASE i % 40 WHEN 0 THEN ${paired} WHEN 1 THEN -${paired} WHEN 2 THEN 0 ELSE ${cost} END`;
  return {
    bill_bill_type: "'Anniversary'",
    bill_billing_entity: "'AWS'",
    bill_billing_period_start_date: `TIMESTAMP '${month}-01'`,
    bill_billing_period_end_date: `TIMESTAMP '${month}-01' + INTERVAL 1 MONTH`,
    bill_invoicing_entity: "'Amazon Web Services, Inc.'",
    bill_payer_account_id: "'999988887777'",
    bill_payer_account_name: "'Acme payer'",
    cost_category: "MAP {'Product': 'p' || (i % 30)}",
    identity_line_item_id: "md5(CAST(i AS VARCHAR))",
    identity_time_interval: `strftime(${start}, '%Y-%m-%dT%H:%M:%SZ') || '/' || strftime(${start} + INTERVAL 1 HOUR, '%Y-%m-%dT%H:%M:%SZ')`,
    line_item_availability_zone: "'us-east-1' || chr(97 + CAST(i % 4 AS INTEGER))",
    line_item_blended_cost: cost,
    line_item_blended_rate: "'0.0416000000'",
    line_item_currency_code: "'USD'",
    line_item_legal_entity: "'Amazon Web Services, Inc.'",
    line_item_line_item_description:
      "'$0.0' || (i % 97) || ' per On Demand Linux m5.size' || (i % 300) || ' Instance Hour'",
    line_item_line_item_type: type,
    line_item_operation: "'RunInstances:000' || (i % 7)",
    line_item_product_code:
      "['AmazonEC2', 'AmazonS3', 'AmazonRDS', 'AWSLambda', 'AmazonDynamoDB', 'AmazonCloudWatch'][1 + i % 6]",
    line_item_resource_id: "'arn:aws:ec2:us-east-1:1111:instance/i-' || md5(CAST(i // 720 AS VARCHAR))",
    line_item_unblended_cost: unblended,
    line_item_unblended_rate: "'0.0416000000'",
    line_item_usage_account_id: "CAST(111111111111 + i % 40 AS VARCHAR)",
    line_item_usage_account_name: "'team-' || (i % 40)",
    line_item_usage_amount: "round((hash(i + 7) % 1000000) / 1000.0, 6)",
    line_item_usage_start_date: start,
    line_item_usage_end_date: `${start} + INTERVAL 1 HOUR`,
    line_item_usage_type: "'BoxUsage:m5.size' || (i % 120)",
    pricing_public_on_demand_cost: `CASE i % 40 WHEN 1 THEN 0 ELSE ${cost} END`,
    pricing_public_on_demand_rate: "'0.0416000000'",
    pricing_rate_code: "'SKU' || (i % 500) || '.JRTCKXETXF.6YS6EN2CT7'",
    pricing_rate_id: "CAST(i % 5000 AS VARCHAR)",
    pricing_term: "'OnDemand'",
    pricing_unit: "'Hrs'",
    product:
      "MAP {'product_name': 'Amazon Elastic Compute Cloud', 'vcpu': CAST(1 + i % 64 AS VARCHAR), 'memory': (1 + i % 256) || ' GiB', 'operating_system': 'Linux'}",
    product_instance_type: "'m5.size' || (i % 120)",
    product_location: "'US East (N. Virginia)'",
    product_product_family: "'Compute Instance'",
    product_region_code: "'us-east-' || (1 + i % 2)",
    product_servicecode:
      "['AmazonEC2', 'AmazonS3', 'AmazonRDS', 'AWSLambda', 'AmazonDynamoDB', 'AmazonCloudWatch'][1 + i % 6]",
    product_sku: "'SKU' || (i % 500)",
    reservation_effective_cost: "CASE i % 40 WHEN 2 THEN 0.025 END",
    reservation_reservation_a_r_n:
      "CASE i % 40 WHEN 2 THEN 'arn:aws:ec2:us-east-1:1111:reserved-instances/' || (i % 9) END",
    resource_tags:
      "MAP {'user_team': 't' || (i % 17), 'user_environment': CASE WHEN i % 3 = 0 THEN 'prod' ELSE 'dev' END, 'user_app': 'a' || (i % 200)}",
    savings_plan_savings_plan_a_r_n:
      "CASE WHEN i % 40 < 2 THEN 'arn:aws:savingsplans::1111:savingsplan/' || (i % 5) END",
    savings_plan_savings_plan_effective_cost: "CASE i % 40 WHEN 0 THEN 0.02 END",
    savings_plan_savings_plan_rate: "CASE i % 40 WHEN 0 THEN 0.02 END",
  };
};
