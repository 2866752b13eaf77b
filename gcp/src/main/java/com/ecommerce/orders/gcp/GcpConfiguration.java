package com.ecommerce.orders.gcp;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.OrderApi;
import com.ecommerce.orders.settings.OrdersSettings;
import com.google.cloud.functions.HttpRequest;
import java.lang.reflect.Type;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry;
import org.springframework.cloud.function.json.JacksonMapper;
import org.springframework.cloud.function.json.JsonMapper;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.messaging.converter.CompositeMessageConverter;
import org.springframework.messaging.converter.SimpleMessageConverter;

/** The beans that connect the API to Google's invoker: the function, and a catalog with only this function. */
final class GcpConfiguration implements BeanRegistrar {

    static final String FUNCTION = "invokerFunction";

    private static final Logger LOG = LoggerFactory.getLogger(GcpConfiguration.class);

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        // The adapter asks for a mapper. The function itself reads and writes JSON, so the adapter never uses the
        // mapper.
        registry.registerBean(
                "jsonMapper",
                JsonMapper.class,
                spec -> spec.supplier(context -> new JacksonMapper(tools.jackson.databind.json.JsonMapper.shared())));
        registry.registerBean(
                "functionCatalog", FunctionCatalog.class, spec -> spec.supplier(GcpConfiguration::functionCatalog));
    }

    private static FunctionCatalog functionCatalog(SupplierContext context) {
        // The settings come first: a wrong setting stops the start before slower work begins.
        String header = context.bean(OrdersSettings.class).identity().gatewayHeader();
        connectEarly(context.bean(DataSource.class));
        SimpleFunctionRegistry catalog = new SimpleFunctionRegistry(
                ApplicationConversionService.getSharedInstance(),
                new CompositeMessageConverter(List.of(new SimpleMessageConverter())),
                context.bean(JsonMapper.class));
        Type type = ResolvableType.forClassWithGenerics(Function.class, HttpRequest.class, ApiResponse.class)
                .getType();
        catalog.register(new FunctionRegistration<>(
                        invokerFunction(
                                context.bean(OrderApi.class), new GcpRequestMapper(new GcpGatewayClaims(header))),
                        FUNCTION)
                .type(type));
        return catalog;
    }

    /**
     * Opens the first connection while the instance starts, because Google gives the CPU for the start. If the database
     * can't be reached, the first request that needs a connection tries again and logs the reason.
     */
    private static void connectEarly(DataSource pool) {
        Thread thread = new Thread(
                () -> {
                    try {
                        pool.getConnection().close();
                    } catch (SQLException unreachable) {
                        LOG.debug("No connection at the start", unreachable);
                    }
                },
                "first connection");
        thread.setDaemon(true);
        thread.start();
    }

    static Function<HttpRequest, ApiResponse> invokerFunction(
            Function<ApiRequest, ApiResponse> orderApi, GcpRequestMapper requestMapper) {
        return orderApi.compose(requestMapper::read);
    }
}
