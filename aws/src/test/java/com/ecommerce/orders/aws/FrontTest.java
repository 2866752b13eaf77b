package com.ecommerce.orders.aws;

import static com.ecommerce.orders.aws.CloudFormationTemplate.map;
import static com.ecommerce.orders.aws.CloudFormationTemplate.maps;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests of the front in {@code aws/front.yaml}. */
@NullUnmarked
class FrontTest {

    /** The errors that CloudFront caches by default. */
    private static final List<Integer> KEPT = List.of(400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504);

    private static CloudFormationTemplate front;
    private static Map<String, Object> distribution;

    @BeforeAll
    static void read() throws IOException {
        front = CloudFormationTemplate.read("aws/front.yaml");
        distribution = map(front.properties("Distribution"), "DistributionConfig");
    }

    @Test
    void cachesNoResponseOfATenant() {
        assertThat(map(distribution, "DefaultCacheBehavior"))
                .as("AWS's policy CachingDisabled")
                .containsEntry("CachePolicyId", "4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
        assertThat(distribution).doesNotContainKey("CacheBehaviors");
        assertThat(maps(distribution.get("CustomErrorResponses")))
                .allSatisfy(error ->
                        assertThat(error).containsEntry("ErrorCachingMinTTL", 0).hasSize(2))
                .extracting(error -> error.get("ErrorCode"))
                .containsExactlyElementsOf(KEPT);
    }

    @Test
    void passesTokensAndEveryMethodAndChangesNoBody() {
        assertThat(map(distribution, "DefaultCacheBehavior"))
                .as("AWS's policy AllViewerExceptHostHeader")
                .containsEntry("OriginRequestPolicyId", "b689b0a8-53d0-40ab-baf2-68738e2966ac")
                .containsEntry("ViewerProtocolPolicy", "https-only")
                .containsEntry("Compress", false)
                .extractingByKey("AllowedMethods")
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains("GET", "HEAD", "OPTIONS", "POST", "PATCH");
    }

    @Test
    void showsACertificateToTheApi() {
        Map<String, Object> origin = map(maps(distribution.get("Origins")).get(0), "CustomOriginConfig");
        assertThat(origin).containsEntry("OriginProtocolPolicy", "https-only");
        assertThat(Objects.toString(origin.get("OriginMtlsConfig"))).contains("ClientCertificateArn");
    }

    @Test
    void limitsTheRequestsOfOneAddressWithAndWithoutAToken() {
        List<Map<String, Object>> rules = maps(front.properties("Firewall").get("Rules"));
        assertThat(rules)
                .extracting(rule -> rule.get("Name"))
                .containsExactly("known-attackers", "requests-per-address", "anonymous-requests-per-address");
        assertThat(rules.subList(1, 3))
                .allSatisfy(rule -> assertThat(rule.toString()).contains("ResponseCode=429", "Retry-After"));
        assertThat(rules.get(2).toString()).contains("NotStatement", "authorization");
        assertThat(distribution.get("WebACLId")).isEqualTo(Map.of("Fn::GetAtt", "Firewall.Arn"));
    }
}
