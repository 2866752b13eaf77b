package com.ecommerce.orders.aws;

import com.ecommerce.orders.aws.snapstart.SnapStartConfiguration;
import com.ecommerce.orders.http.BasePath;
import com.ecommerce.orders.http.OrderApi;
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

/** The beans of the AWS adapter: the function behind API Gateway, and a catalog with only this function. */
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
        registry.register(new SnapStartConfiguration(FUNCTION));
    }

    private static FunctionCatalog functionCatalog(SupplierContext context) {
        PassThroughJsonMapper noBinding = context.bean(PassThroughJsonMapper.class);
        SimpleFunctionRegistry catalog = new SimpleFunctionRegistry(
                ApplicationConversionService.getSharedInstance(),
                new CompositeMessageConverter(List.of(noBinding)),
                noBinding);
        // The type of the message has no argument. Otherwise the adapter would check the type in each call.
        Type type = ResolvableType.forClassWithGenerics(Function.class, InputStream.class, Message.class)
                .getType();
        catalog.register(new FunctionRegistration<>(context.bean(AwsHandler.class), FUNCTION).type(type));
        // The function reads and writes bytes. The adapter does not have to look for a converter in each call.
        FunctionInvocationWrapper function = catalog.lookup(FUNCTION, "application/json");
        function.setSkipInputConversion(true);
        function.setSkipOutputConversion(true);
        return catalog;
    }
}
