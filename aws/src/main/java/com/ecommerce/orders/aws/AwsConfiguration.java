package com.ecommerce.orders.aws;

import com.ecommerce.orders.aws.startup.Priming;
import com.ecommerce.orders.aws.startup.SnapStart;
import com.ecommerce.orders.http.BasePath;
import com.ecommerce.orders.http.OrderApi;
import com.ecommerce.orders.order.IdGenerator;
import com.ecommerce.orders.order.Operation;
import com.ecommerce.orders.order.OrderRequest;
import com.ecommerce.orders.order.OrderResponse;
import com.ecommerce.orders.settings.Setting;
import com.zaxxer.hikari.HikariDataSource;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Function;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.CompositeMessageConverter;

/** Binds the API to Lambda behind API Gateway: the function, and a catalog that has no other. */
final class AwsConfiguration implements BeanRegistrar {

    private static final String FUNCTION = "apiGateway";

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        registry.registerBean(
                "jsonMapper",
                PassThroughJsonMapper.class,
                spec -> spec.supplier(context -> new PassThroughJsonMapper()));
        registry.registerBean(
                FUNCTION,
                AwsHandler.class,
                spec -> spec.supplier(
                        context -> new AwsHandler(context.bean(OrderApi.class), context.bean(BasePath.class))));
        registry.registerBean(
                "functionCatalog", FunctionCatalog.class, spec -> spec.supplier(AwsConfiguration::functionCatalog));
        // Where Amazon's runtime client does not find this, it calls nobody before a checkpoint.
        if ("snap-start".equals(environment.getProperty(Setting.AWS_LAMBDA_INITIALIZATION_TYPE.property()))) {
            registry.registerBean("snapStart", SnapStart.class, spec -> spec.supplier(AwsConfiguration::snapStart));
        }
    }

    private static FunctionCatalog functionCatalog(SupplierContext context) {
        PassThroughJsonMapper noBinding = context.bean(PassThroughJsonMapper.class);
        SimpleFunctionRegistry catalog = new SimpleFunctionRegistry(
                ApplicationConversionService.getSharedInstance(),
                new CompositeMessageConverter(List.of(noBinding)),
                noBinding);
        // Without what is in the message, which the adapter would look for with each call.
        Type type = ResolvableType.forClassWithGenerics(Function.class, InputStream.class, Message.class)
                .getType();
        catalog.register(new FunctionRegistration<>(context.bean(AwsHandler.class), FUNCTION).type(type));
        // Bytes in, bytes out: the adapter needn't ask for each call how they are to be converted.
        FunctionInvocationWrapper function = catalog.lookup(FUNCTION, "application/json");
        function.setSkipInputConversion(true);
        function.setSkipOutputConversion(true);
        return catalog;
    }

    @SuppressWarnings("unchecked")
    private static SnapStart snapStart(SupplierContext context) {
        Function<OrderRequest, OrderResponse> createOrder = context.bean(Operation.CREATE_ORDER.bean(), Function.class);
        return new SnapStart(
                        context.bean(HikariDataSource.class),
                        context.bean(IdGenerator.class),
                        new Priming(context.bean(AwsHandler.class), createOrder))
                .register();
    }
}
