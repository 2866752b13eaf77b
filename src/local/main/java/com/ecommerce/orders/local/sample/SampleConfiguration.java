package com.ecommerce.orders.local.sample;

import com.ecommerce.orders.OperationConfiguration;
import com.ecommerce.orders.http.HttpConfiguration;
import com.ecommerce.orders.http.OrderApi;
import com.ecommerce.orders.order.OrderConfiguration;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.support.BeanRegistryAdapter;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContext;

/** The beans of a second instance of the API. Beans that are not named here, such as storage, come from the running API. */
final class SampleConfiguration {

    private static final List<BeanRegistrar> REGISTRARS =
            List.of(new OrderConfiguration(), new OperationConfiguration(), new HttpConfiguration());

    private SampleConfiguration() {}

    /** Returns an API with its own clock. Storage and authentication are those of the running API. */
    static OrderApi orderApi(ApplicationContext running, Clock clock) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory(running);
        for (BeanRegistrar registrar : REGISTRARS) {
            new BeanRegistryAdapter(beans, running.getEnvironment(), registrar.getClass()).register(registrar);
        }
        new BeanRegistryAdapter(beans, running.getEnvironment(), BeanRegistrar.class)
                .registerBean("sampleClock", Clock.class, bean -> bean.primary().supplier(context -> clock));
        return beans.getBean(OrderApi.class);
    }
}
