/**
 * Azure resource types by resource provider (lower case) and the FOCUS service each belongs to; frequent providers first.
 * From the open data of the FinOps toolkit, Copyright (c) Microsoft Corporation, MIT licence, cut down to what is used.
 * @see https://github.com/microsoft/finops-toolkit/tree/04d370f322/src/open-data/Services.csv (read 2026-11-21)
 */
// biome-ignore format: a table reads best with one entry a line
export const SERVICES: Readonly<Record<string, readonly AzureService[]>> = {
  "microsoft.compute": [
    ["Virtual Machines", "Compute", "Virtual Machines", ["capacityreservationgroups", "capacityreservationgroups/capacityreservations", "disks", "galleries", "galleries/images/versions", "images", "restorepointcollections", "sharedvmimages", "snapshots", "virtualmachines"]],
    ["Cloud Services", "Compute", "Serverless Compute", ["cloudservices"]],
    ["Azure Dedicated Host", "Compute", "Virtual Machines", ["hostgroups"]],
    ["Virtual Machine Scale Sets", "Compute", "Virtual Machines", ["virtualmachinescalesets", "virtualmachinescalesets/virtualmachines", "virtualmachinescalesets/virtualmachines/networkinterfaces/ipconfigurations/publicipaddresses"]],
  ],
  "microsoft.storage": [
    ["Storage Accounts", "Storage", "Storage Platforms", ["storageaccounts", "storageaccounts/blobservices", "storageaccounts/fileservices", "storageaccounts/queueservices", "storageaccounts/tableservices"]],
  ],
  "microsoft.network": [
    ["Application Gateway", "Networking", "Application Networking", ["applicationgateways"]],
    ["Azure Firewall", "Networking", "Network Security", ["azurefirewalls"]],
    ["Azure Bastion", "Networking", "Network Security", ["bastionhosts"]],
    ["Virtual Network", "Networking", "Network Infrastructure", ["connections", "networkinterfaces", "networksecuritygroups", "networkvirtualappliances", "publicipaddresses", "publicipprefixes", "virtualnetworkgateways", "virtualnetworkgateways/connections", "virtualnetworks"]],
    ["Azure DDoS Protection", "Networking", "Network Security", ["ddosprotectionplans"]],
    ["Azure DNS", "Networking", "Network Routing", ["dnsforwardingrulesets", "dnsresolvers", "dnsresolvers/outboundendpoints", "dnszones"]],
    ["Azure ExpressRoute", "Networking", "Network Routing", ["expressroutecircuits", "expressroutegateways", "expressrouteports"]],
    ["Azure Firewall Manager", "Networking", "Network Security", ["firewallpolicies"]],
    ["Azure Front Door", "Networking", "Content Delivery", ["frontdoors", "frontdoorwebapplicationfirewallpolicies"]],
    ["Azure Internet Analyzer", "Networking", "Network Connectivity", ["internetanalyzerprofiles"]],
    ["Load Balancer", "Networking", "Application Networking", ["loadbalancers"]],
    ["Azure NAT Gateway", "Networking", "Network Connectivity", ["natgateways"]],
    ["Azure Virtual Network Manager", "Networking", "Network Infrastructure", ["networkmanagers"]],
    ["Network Watcher", "Networking", "Network Infrastructure", ["networkwatchers", "networkwatchers/connectionmonitors", "networkwatchers/flowlogs"]],
    ["VPN Gateway", "Networking", "Network Connectivity", ["p2svpngateways", "vpngateways"]],
    ["Azure Private Link", "Networking", "Network Connectivity", ["privatednszones", "privateendpoints"]],
    ["Traffic Manager", "Networking", "Application Networking", ["trafficmanagerprofiles"]],
    ["Virtual WAN", "Networking", "Network Connectivity", ["virtualhubs"]],
  ],
  "microsoft.sql": [
    ["Azure SQL Database", "Databases", "Relational Databases", ["instancepools", "locations", "longtermretentionmanagedinstances", "longtermretentionservers", "longtermretentionservers/longtermretentiondatabases", "managedinstances", "servers", "servers/databases", "servers/elasticpools"]],
  ],
  "microsoft.insights": [
    ["Azure Monitor", "Management and Governance", "Observability", ["actiongroups", "components", "datacollectionrules", "metricalerts", "pricings", "scheduledqueryrules"]],
  ],
  "microsoft.operationalinsights": [
    ["Azure Monitor", "Management and Governance", "Observability", ["azurefirewall", "clusters", "networksecuritygroups", "p2svpngateways", "virtualnetworkgateways", "workspaces"]],
  ],
  "microsoft.web": [
    ["Azure App Service", "Web", "Application Platforms", ["connections", "containerapps", "hostingenvironments", "serverfarms", "sites", "sites/slots", "staticsites"]],
  ],
  "microsoft.containerservice": [
    ["Azure Container Service", "Compute", "Containers", ["containerservices"]],
    ["Azure Kubernetes Service", "Compute", "Containers", ["managedclusters"]],
  ],
  "microsoft.keyvault": [
    ["Key Vault", "Security", "Secret Management", ["hsmpools", "managedhsms", "vaults"]],
  ],
  "microsoft.dbforpostgresql": [
    ["Azure DB for PostgreSQL", "Databases", "Relational Databases", ["flexibleservers", "servergroupsv2", "servers"]],
  ],
  "citrix.services": [
    ["Citrix Virtual App Essentials", "Compute", "End User Computing", ["xenappessentials"]],
    ["Citrix Virtual Desktop Essentials", "Compute", "End User Computing", ["xendesktopessentials"]],
  ],
  "github.enterprise": [
    ["GitHub Enterprise Cloud", "Developer Tools", "Developer Platforms", ["accounts"]],
  ],
  "github": [
    ["GitHub Enterprise Cloud", "Developer Tools", "Developer Platforms", ["enterpriseaccount"]],
  ],
  "marketplace": [
    ["Azure Marketplace", "Other", "Other (Other)", ["account"]],
  ],
  "mfa": [
    ["Microsoft Entra ID", "Identity", "Identity and Access Management", ["perauthentication", "peruser"]],
  ],
  "microsoft.aad": [
    ["Microsoft Entra Domain Services", "Identity", "Identity and Access Management", ["domainservices"]],
  ],
  "microsoft.agfoodplatform": [
    ["Azure FarmBeats", "Internet of Things", "IoT Analytics", ["farmbeats"]],
  ],
  "microsoft.analysisservices": [
    ["Azure Analysis Services", "Analytics", "Data Processing", ["servers"]],
  ],
  "microsoft.apicenter": [
    ["API Center", "Integration", "API Management", ["service", "services"]],
  ],
  "microsoft.apimanagement": [
    ["API Management", "Integration", "API Management", ["gateways", "service"]],
  ],
  "microsoft.app": [
    ["Azure Container Apps", "Compute", "Containers", ["containerapps", "jobs", "managedenvironments", "sessionpools"]],
  ],
  "microsoft.appcenter": [
    ["App Center", "Developer Tools", "Developer Platforms", ["accounts"]],
  ],
  "microsoft.appconfiguration": [
    ["App Configuration", "Web", "Other (Web)", ["configurationstores"]],
  ],
  "microsoft.appplatform": [
    ["Azure Spring Apps", "Web", "Application Platforms", ["spring"]],
  ],
  "microsoft.automation": [
    ["Azure Automation", "Integration", "Workflow Orchestration", ["automationaccounts"]],
  ],
  "microsoft.autonomousdevelopmentplatform": [
    ["Microsoft Autonomous Systems", "AI and Machine Learning", "AI Platforms", ["workspaces"]],
  ],
  "microsoft.avs": [
    ["Azure VMware Solution", "Compute", "Virtual Machines", ["privateclouds"]],
  ],
  "microsoft.azureactivedirectory": [
    ["Microsoft Entra External Identities", "Identity", "Identity and Access Management", ["b2cdirectories", "ciamdirectories", "guestusages"]],
  ],
  "microsoft.azurearcdata": [
    ["Azure Arc", "Multicloud", "Multicloud Integration", ["postgresinstances", "sqlmanagedinstances", "sqlserveresulicenses", "sqlserverinstances", "sqlserverlicenses"]],
  ],
  "microsoft.azurefleet": [
    ["Azure Compute Fleet", "Compute", "Virtual Machines", ["fleets"]],
  ],
  "microsoft.azureplaywrightservice": [
    ["Playwright Testing", "Developer Tools", "Quality Assurance", ["accounts"]],
  ],
  "microsoft.azurestackhci": [
    ["Azure Stack HCI", "Multicloud", "Multicloud Integration", ["clusters"]],
  ],
  "microsoft.baremetalinfrastructure": [
    ["BareMetal Infrastructure", "Compute", "Virtual Machines", ["baremetalstorageinstances"]],
  ],
  "microsoft.batch": [
    ["Batch", "Compute", "Serverless Compute", ["batchaccounts", "batchaccounts/pools"]],
  ],
  "microsoft.billingbenefits": [
    ["Azure Savings Plan for Compute", "Compute", "Other (Compute)", ["savingsplanorders", "savingsplanorders/savingsplans"]],
  ],
  "microsoft.bing": [
    ["Microsoft Bing", "Analytics", "Search", ["accounts"]],
  ],
  "microsoft.botservice": [
    ["Azure AI Bot Service", "AI and Machine Learning", "Bots", ["botservices"]],
  ],
  "microsoft.cache": [
    ["Azure Cache for Redis", "Databases", "Caching", ["redis", "redisenterprise"]],
  ],
  "microsoft.capacity": [
    ["Azure Reservations", "Management and Governance", "Cost Management", ["reservationorders", "reservationorders/reservations"]],
  ],
  "microsoft.cdn": [
    ["Content Delivery Network", "Networking", "Content Delivery", ["cdnwebapplicationfirewallpolicies", "profiles"]],
  ],
  "microsoft.certificateregistration": [
    ["Azure App Service", "Web", "Application Platforms", ["certificateorders"]],
  ],
  "microsoft.chaos": [
    ["Azure Chaos Studio", "Management and Governance", "Disaster Recovery", ["experiments"]],
  ],
  "microsoft.classiccompute": [
    ["Virtual Machines", "Compute", "Virtual Machines", ["domainnames", "virtualmachines"]],
  ],
  "microsoft.classicnetwork": [
    ["Virtual Network", "Networking", "Network Infrastructure", ["ipv4vip", "publicip", "publicipaddresses"]],
  ],
  "microsoft.classicstorage": [
    ["Storage Accounts", "Storage", "Storage Platforms", ["storageaccounts"]],
  ],
  "microsoft.codesigning": [
    ["Trusted Signing", "Developer Tools", "Continuous Integration and Deployment", ["codesigningaccounts"]],
  ],
  "microsoft.cognitiveservices": [
    ["Azure AI Services", "AI and Machine Learning", "AI Platforms", ["accounts", "commitmentplans"]],
  ],
  "microsoft.communication": [
    ["Azure Communication Services", "Integration", "Messaging", ["communicationservices"]],
  ],
  "microsoft.community": [
    ["Community Training", "Business Applications", "Other (Business Applications)", ["communitytrainings"]],
  ],
  "microsoft.confidentialledger": [
    ["Azure Confidential Ledger", "Databases", "Ledger Databases", ["ledgers", "managedccfs"]],
  ],
  "microsoft.containerinstance": [
    ["Azure Container Instances", "Compute", "Containers", ["containergroups"]],
  ],
  "microsoft.containerregistry": [
    ["Azure Container Registry", "Compute", "Containers", ["registries"]],
  ],
  "microsoft.dashboard": [
    ["Azure Managed Grafana", "Analytics", "Business Intelligence", ["grafana"]],
  ],
  "microsoft.databox": [
    ["Azure Data Box", "Migration", "Data Migration", ["jobs"]],
  ],
  "microsoft.databoxedge": [
    ["Azure Data Box", "Migration", "Data Migration", ["databoxedgedevices"]],
  ],
  "microsoft.databricks": [
    ["Azure Databricks", "Analytics", "Data Processing", ["workspaces"]],
  ],
  "microsoft.datacatalog": [
    ["Data Catalog", "Analytics", "Data Processing", ["catalogs"]],
  ],
  "microsoft.datafactory": [
    ["Azure Data Factory", "Integration", "Workflow Orchestration", ["datafactories", "factories", "factories/pipelines", "factories/triggers"]],
  ],
  "microsoft.datalakeanalytics": [
    ["Azure Data Lake Analytics", "Analytics", "Data Processing", ["accounts"]],
  ],
  "microsoft.datalakestore": [
    ["Azure Data Lake Store", "Storage", "Object Storage", ["accounts"]],
  ],
  "microsoft.datamigration": [
    ["Azure Database Migration Service", "Migration", "Data Migration", ["sqlmigrationservices"]],
  ],
  "microsoft.dataprotection": [
    ["Azure Backup", "Storage", "Backup Storage", ["backupvaults"]],
  ],
  "microsoft.datareplication.admin": [
    ["Azure Site Recovery", "Management and Governance", "Disaster Recovery", ["clusters"]],
  ],
  "microsoft.datashare": [
    ["Azure Data Share", "Migration", "Data Migration", ["accounts"]],
  ],
  "microsoft.dbformariadb": [
    ["Azure DB for MariaDB", "Databases", "Relational Databases", ["servers"]],
  ],
  "microsoft.dbformysql": [
    ["Azure DB for MySQL", "Databases", "Relational Databases", ["flexibleservers", "servers"]],
  ],
  "microsoft.desktopvirtualization": [
    ["Azure Virtual Desktop", "Compute", "End User Computing", ["hostpools"]],
  ],
  "microsoft.devcenter": [
    ["Microsoft Dev Box", "Developer Tools", "Continuous Integration and Deployment", ["projects"]],
  ],
  "microsoft.deviceregistry": [
    ["Azure IoT Hub", "Internet of Things", "IoT Platforms", ["billingcontainers"]],
  ],
  "microsoft.devices": [
    ["Azure IoT Hub", "Internet of Things", "IoT Platforms", ["iothubs", "provisioningservices"]],
  ],
  "microsoft.deviceupdate": [
    ["Azure IoT Hub", "Internet of Things", "IoT Platforms", ["accounts"]],
  ],
  "microsoft.devopsinfrastructure": [
    ["Managed DevOps Pools", "Developer Tools", "Continuous Integration and Deployment", ["pools"]],
  ],
  "microsoft.digitaltwins": [
    ["Azure Digital Twins", "Internet of Things", "IoT Analytics", ["digitaltwinsinstances"]],
  ],
  "microsoft.documentdb": [
    ["Cosmos DB", "Databases", "NoSQL Databases", ["cassandraclusters", "databaseaccounts", "mongocluster", "mongoclusters"]],
  ],
  "microsoft.domainregistration": [
    ["Azure App Service", "Web", "Application Platforms", ["domains"]],
  ],
  "microsoft.durabletask": [
    ["Functions", "Compute", "Serverless Compute", ["schedulers"]],
  ],
  "microsoft.dynamics365fraudprotection": [
    ["Dynamics 365 Fraud Protection", "Security", "Threat Detection and Response", ["instances"]],
  ],
  "microsoft.easm": [
    ["Microsoft Defender for Cloud", "Security", "Security Posture Management", ["workspaces"]],
  ],
  "microsoft.edge": [
    ["Microsoft Edge Enterprise", "Business Applications", "Productivity and Collaboration", ["contexts"]],
  ],
  "microsoft.edgeorder": [
    ["Azure Stack Edge", "Multicloud", "Multicloud Integration", ["orderitems"]],
  ],
  "microsoft.elasticsan": [
    ["Azure Elastic SAN", "Storage", "Block Storage", ["elasticsans"]],
  ],
  "microsoft.eventgrid": [
    ["Event Grid", "Integration", "Messaging", ["domains", "extensiontopics", "namespaces", "partnertopics", "systemtopics", "topics"]],
  ],
  "microsoft.eventhub": [
    ["Event Hubs", "Integration", "Messaging", ["clusters", "namespaces"]],
  ],
  "microsoft.fabric": [
    ["Microsoft.Fabric", "Analytics", "Analytics Platforms", ["capacities"]],
  ],
  "microsoft.fluidrelay": [
    ["Azure Fluid Relay", "Web", "Other (Web)", ["fluidrelayservers"]],
  ],
  "microsoft.genomics": [
    ["Microsoft Genomics", "Analytics", "Data Processing", ["accounts"]],
  ],
  "microsoft.graph": [
    ["Microsoft Graph", "Integration", "API Management", ["accounts"]],
    ["Microsoft Graph Data Connect", "Integration", "API Management", ["azureadapplications"]],
  ],
  "microsoft.graphservices": [
    ["Microsoft Graph", "Integration", "API Management", ["accounts"]],
  ],
  "microsoft.hanaonazure": [
    ["SAP on Azure", "Compute", "Virtual Machines", ["hanainstances"]],
  ],
  "microsoft.hardwaresecuritymodules": [
    ["Azure Dedicated HSM", "Security", "Secret Management", ["cloudhsmclusters", "dedicatedhsms"]],
  ],
  "microsoft.hdinsight": [
    ["HDInsight", "Analytics", "Data Processing", ["clusterpools", "clusters"]],
  ],
  "microsoft.hdinsightfairfax": [
    ["HDInsight", "Analytics", "Data Processing", ["clusters"]],
  ],
  "microsoft.healthbot": [
    ["Health Bot", "AI and Machine Learning", "Bots", ["healthbots"]],
  ],
  "microsoft.healthcareapis": [
    ["Azure Health Data Services", "Analytics", "Analytics Platforms", ["services", "workspaces"]],
  ],
  "microsoft.healthdataaiservices": [
    ["Azure Health Data Services", "Analytics", "Analytics Platforms", ["deidservices"]],
  ],
  "microsoft.hybridcompute": [
    ["Azure Arc", "Multicloud", "Multicloud Integration", ["licenses", "machines"]],
  ],
  "microsoft.hybridnetwork": [
    ["Azure Network Function Manager", "Networking", "Network Infrastructure", ["devices"]],
    ["Azure Arc", "Multicloud", "Multicloud Integration", ["sitenetworkservices"]],
  ],
  "microsoft.importexport": [
    ["Azure Import/Export", "Migration", "Data Migration", ["jobs"]],
  ],
  "microsoft.iotcentral": [
    ["Azure IoT Central", "Internet of Things", "IoT Platforms", ["iotapps"]],
  ],
  "microsoft.iotoperations": [
    ["Azure IoT Operations", "Internet of Things", "IoT Platforms", ["instances"]],
  ],
  "microsoft.iotsecurity": [
    ["Microsoft Defender for IoT", "Internet of Things", "IoT Platforms", ["defendersettings"]],
  ],
  "microsoft.kubernetes": [
    ["Azure Arc", "Multicloud", "Multicloud Integration", ["connectedclusters"]],
  ],
  "microsoft.kusto": [
    ["Azure Data Explorer", "Analytics", "Analytics Platforms", ["clusters"]],
  ],
  "microsoft.labservices": [
    ["Azure Lab Services", "Compute", "End User Computing", ["labaccounts", "labs"]],
  ],
  "microsoft.loadtestservice": [
    ["Azure Load Testing", "Developer Tools", "Quality Assurance", ["loadtests"]],
  ],
  "microsoft.logic": [
    ["Logic Apps", "Integration", "Workflow Orchestration", ["integrationaccounts", "integrationserviceenvironments", "workflows"]],
  ],
  "microsoft.machinelearning": [
    ["Azure Machine Learning", "AI and Machine Learning", "Machine Learning", ["commitmentplans", "workspaces"]],
  ],
  "microsoft.machinelearningservices": [
    ["Azure Machine Learning", "AI and Machine Learning", "Machine Learning", ["registries", "workspaces"]],
  ],
  "microsoft.maintenance": [
    ["Virtual Machines", "Compute", "Virtual Machines", ["maintenanceconfigurations"]],
  ],
  "microsoft.maps": [
    ["Azure Maps", "Web", "Other (Web)", ["accounts"]],
  ],
  "microsoft.media": [
    ["Azure Media Services", "Media", "Media Streaming", ["mediaservices", "videoanalyzers"]],
  ],
  "microsoft.migrate": [
    ["Azure Migrate", "Migration", "Resource Migration", ["movecollections"]],
  ],
  "microsoft.mixedreality": [
    ["Object Anchors", "Media", "Mixed Reality", ["objectanchorsaccounts"]],
    ["Remote Rendering", "Media", "Mixed Reality", ["remoterenderingaccounts"]],
    ["Spatial Anchors", "Media", "Mixed Reality", ["spatialanchorsaccounts"]],
  ],
  "microsoft.mobilenetwork": [
    ["Azure Private 5G Core", "Networking", "Network Connectivity", ["mobilenetworks", "packetcorecontrolplanes"]],
  ],
  "microsoft.modsimworkbench": [
    ["Azure Modeling and Simulation Workbench", "Analytics", "Analytics Platforms", ["workbenches"]],
  ],
  "microsoft.monitor": [
    ["Azure Monitor", "Management and Governance", "Observability", ["accounts"]],
  ],
  "microsoft.netapp": [
    ["Azure NetApp Files", "Storage", "File Storage", ["netappaccounts", "netappaccounts/capacitypools"]],
  ],
  "microsoft.networkanalytics": [
    ["Azure Monitor", "Management and Governance", "Observability", ["dataconnectors", "dataproducts"]],
  ],
  "microsoft.networkcloud": [
    ["Azure Operator Nexus", "Compute", "Virtual Machines", ["baremetalmachines"]],
  ],
  "microsoft.networkfunction": [
    ["Azure ExpressRoute", "Networking", "Network Routing", ["azuretrafficcollectors"]],
  ],
  "microsoft.notificationhubs": [
    ["Notification Hubs", "Integration", "Messaging", ["namespaces"]],
  ],
  "microsoft.nutanix": [
    ["Azure VMWare Solution", "Compute", "Virtual Machines", ["nodes"]],
  ],
  "microsoft.openenergyplatform": [
    ["Azure Data Manager for Energy", "Analytics", "Analytics Platforms", ["energyservices"]],
  ],
  "microsoft.orbital": [
    ["Azure Orbital", "Networking", "Network Connectivity", ["groundstations", "spacecrafts", "terminals"]],
  ],
  "microsoft.peering": [
    ["Azure Peering Service", "Networking", "Network Connectivity", ["peerings"]],
  ],
  "microsoft.powerbidedicated": [
    ["Power BI Embedded", "Analytics", "Business Intelligence", ["autoscalevcores", "capacities"]],
  ],
  "microsoft.powerplatform": [
    ["Power Platforms", "Business Applications", "Productivity and Collaboration", ["accounts"]],
  ],
  "microsoft.premonition": [
    ["Microsoft Premonition", "Analytics", "Analytics Platforms", ["libraries"]],
  ],
  "microsoft.purview": [
    ["Microsoft Purview", "Management and Governance", "Data Governance", ["accounts"]],
  ],
  "microsoft.quantum": [
    ["Azure Quantum", "Compute", "Quantum Compute", ["workspaces"]],
  ],
  "microsoft.recommendationsservice": [
    ["Intelligent Recommendations", "AI and Machine Learning", "AI Platforms", ["accounts"]],
  ],
  "microsoft.recoveryservices": [
    ["Azure Site Recovery", "Management and Governance", "Disaster Recovery", ["vaults"]],
  ],
  "microsoft.relay": [
    ["Azure Relay", "Integration", "Messaging", ["namespaces"]],
  ],
  "microsoft.saas": [
    ["Azure Marketplace", "Other", "Other (Other)", ["resources", "saasresources"]],
  ],
  "microsoft.search": [
    ["Azure AI Search", "Analytics", "Search", ["searchservices", "searchservices/sharedprivatelinkresources"]],
  ],
  "microsoft.security": [
    ["Microsoft Defender for Endpoint", "Management and Governance", "Endpoint Management", ["mdeservers"]],
    ["Microsoft Defender for Cloud", "Security", "Security Posture Management", ["pricings", "securityconnectors"]],
  ],
  "microsoft.securitycopilot": [
    ["Microsoft Copilot for Security", "Security", "Security Posture Management", ["capacities"]],
  ],
  "microsoft.servicebus": [
    ["Service Bus", "Integration", "Messaging", ["namespaces"]],
  ],
  "microsoft.servicenetworking": [
    ["Application Gateway for Containers", "Networking", "Application Networking", ["trafficcontrollers"]],
  ],
  "microsoft.signalrservice": [
    ["Azure SignalR Service", "Web", "Other (Web)", ["signalr", "webpubsub"]],
  ],
  "microsoft.solutions": [
    ["Azure Managed Applications", "Other", "Other (Other)", ["applications"]],
  ],
  "microsoft.storagecache": [
    ["Azure HPC Cache", "Storage", "Storage Platforms", ["amlfilesystems", "caches"]],
  ],
  "microsoft.storagesync": [
    ["Azure File Sync", "Migration", "Data Migration", ["storagesyncservices"]],
  ],
  "microsoft.storsimple": [
    ["Azure StorSimple", "Storage", "Storage Platforms", ["managers"]],
  ],
  "microsoft.streamanalytics": [
    ["Azure Stream Analytics", "Analytics", "Streaming Analytics", ["clusters", "streamingjobs"]],
  ],
  "microsoft.synapse": [
    ["Azure Synapse Analytics", "Analytics", "Analytics Platforms", ["workspaces", "workspaces/bigdatapools", "workspaces/kustopools", "workspaces/sqlpools"]],
  ],
  "microsoft.syntex": [
    ["Microsoft Syntex", "AI and Machine Learning", "AI Platforms", ["accounts", "documentprocessors"]],
  ],
  "microsoft.teams": [
    ["Microsoft Teams", "Business Applications", "Productivity and Collaboration", ["telephonyservices"]],
  ],
  "microsoft.testbase": [
    ["Test Base for Microsoft 365", "Developer Tools", "Quality Assurance", ["testbaseaccounts"]],
  ],
  "microsoft.timeseriesinsights": [
    ["Azure Time Series Insights", "Internet of Things", "IoT Analytics", ["environments"]],
  ],
  "microsoft.verifiedid": [
    ["Microsoft Entra Verified ID", "Identity", "Identity and Access Management", ["authorities"]],
  ],
  "microsoft.videoindexer": [
    ["Azure AI Video Indexer", "AI and Machine Learning", "AI Platforms", ["accounts"]],
  ],
  "microsoft.visualstudio": [
    ["Azure DevOps", "Developer Tools", "Developer Platforms", ["organizations"]],
  ],
  "microsoft.voiceservices": [
    ["Azure Communitcations Gateway", "Integration", "Messaging", ["communicationsgateways"]],
  ],
  "microsoft.web.admin": [
    ["Azure App Service", "Web", "Application Platforms", ["role"]],
  ],
  "microsoft.windowsiot": [
    ["Windows for IoT", "Internet of Things", "IoT Platforms", ["deviceservices"]],
  ],
  "nginx.nginxplus": [
    ["NGINX Plus", "Networking", "Application Networking", ["nginxdeployments"]],
  ],
  "playfabbillingservice": [
    ["Azure PlayFab", "Media", "Gaming", ["blobs", "catalogrequests", "compute", "egress", "events", "executiontimegbs", "filestorage", "flatfee", "insightscredits", "inventoryreadrequests", "inventorywriterequests", "itemstorage", "lobbyrequests", "matchmakingrequests", "messages", "partyconnectivity", "partyvoice", "playstream", "reads", "storage", "telemetry", "totalexecution", "writes"]],
  ],
};

export type AzureService = readonly [
  name: string,
  category: string,
  subcategory: string,
  types: readonly string[],
];
