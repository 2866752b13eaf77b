package com.ecommerce.orders.local.sample;

import com.ecommerce.orders.OperationConfiguration;
import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.HttpConfiguration;
import com.ecommerce.orders.http.OrderApi;
import com.ecommerce.orders.order.OrderConfiguration;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.support.BeanRegistryAdapter;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A second instance of the API with its own clock. It shares storage and authentication with the running API. */
final class SampleApi {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<BeanRegistrar> REGISTRARS =
            List.of(new OrderConfiguration(), new OperationConfiguration(), new HttpConfiguration());

    private final OrderApi api;
    private final Map<String, String> headers;

    private SampleApi(OrderApi api, String token) {
        this.api = api;
        this.headers = Map.of("authorization", "Bearer " + token, "content-type", "application/json");
    }

    static SampleApi of(ApplicationContext application, Clock clock, String token) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory(application);
        REGISTRARS.forEach(registrar ->
                new BeanRegistryAdapter(beans, application.getEnvironment(), registrar.getClass()).register(registrar));
        new BeanRegistryAdapter(beans, application.getEnvironment(), BeanRegistrar.class)
                .registerBean("sampleClock", Clock.class, bean -> bean.primary().supplier(context -> clock));
        return new SampleApi(beans.getBean(OrderApi.class), token);
    }

    /**
     * Sends a POST and returns the body of the response.
     *
     * @throws SampleRefusedException if the response is a problem
     */
    JsonNode post(String path, Map<String, Object> body) {
        ApiResponse response =
                api.apply(new ApiRequest("POST", path, List.of(), headers, JSON.writeValueAsBytes(body)));
        if (response.status() >= 300) {
            throw new SampleRefusedException(path, response);
        }
        return JSON.readTree(response.body());
    }
}
