package com.ecommerce.orders.aws;

import org.springframework.context.LifecycleProcessor;

/**
 * In the place of Spring's, which would start and stop beans that this API has not, and register itself for snapshots
 * that {@link SnapStart} sees to.
 */
final class NoLifecycle implements LifecycleProcessor {

    @Override
    public void onRefresh() {}

    @Override
    public void onClose() {}

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public boolean isRunning() {
        return false;
    }
}
