package com.ecommerce.orders.azure.template;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The results of {@code reference()} for an existing resource: the properties whose values Azure chooses. */
final class StandIns {

    private static final Map<String, String> BY_TYPE = Map.of(
            "Microsoft.ManagedIdentity/userAssignedIdentities",
            "{'principalId':'33333333-3333-3333-3333-333333333333','clientId':'44444444-4444-4444-4444-444444444444'}",
            "Microsoft.Insights/components",
            "{'ConnectionString':'InstrumentationKey=5'}",
            "Microsoft.Storage/storageAccounts",
            "{'primaryEndpoints':{'blob':'https://account.blob.core.windows.net/'}}",
            "Microsoft.DBforPostgreSQL/flexibleServers",
            "{'fullyQualifiedDomainName':'server.postgres.database.azure.com'}",
            "Microsoft.Web/sites",
            "{'defaultHostName':'app.azurewebsites.net'}",
            "Microsoft.Cdn/profiles",
            "{'frontDoorId':'66666666-6666-6666-6666-666666666666'}",
            "Microsoft.Cdn/profiles/afdEndpoints",
            "{'hostName':'front.z01.azurefd.net'}",
            "Microsoft.Cdn/profiles/customDomains",
            "{'validationProperties':{'validationToken':'proof'}}");

    private StandIns() {}

    static JsonNode properties(JsonNode resource) {
        String json = BY_TYPE.get(resource.path("type").stringValue());
        return json == null ? JsonNodeFactory.instance.objectNode() : Functions.json(json);
    }
}
