/** Services of Azure that its savings plan for compute covers, as bills name them. */
export const AZURE_COMPUTE: readonly string[] = [
  "Virtual Machines",
  "Virtual Machine Scale Sets",
  "Azure Dedicated Host",
  "Container Instances",
  "Azure Container Instances",
  "Azure App Service",
  "Azure Functions",
];

/** Services whose on-demand usage some commitment covers. */
export const COVERABLE: readonly string[] = [
  "Amazon Elastic Compute Cloud",
  "Amazon Relational Database Service",
  "AWS Lambda",
  "Amazon Elastic Container Service",
  "Amazon ElastiCache",
  "Compute Engine",
  "Cloud Run",
  "Cloud SQL",
  ...AZURE_COMPUTE,
  "Azure SQL Database",
  "SQL Database",
  "Azure Database for PostgreSQL",
  "Azure Database for MySQL",
  "Azure Cosmos DB",
  "Azure Cache for Redis",
];
