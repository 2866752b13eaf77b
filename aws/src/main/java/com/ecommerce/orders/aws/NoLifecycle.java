package com.ecommerce.orders.aws;

import com.ecommerce.orders.aws.startup.SnapStart;
import org.springframework.context.LifecycleProcessor;

/**
 * In the place of Spring's, where no bean is there to be started and stopped: the stock one would register itself for
 * snapshots as well, which {@link SnapStart} sees to.
 */
final class NoLifecycle implements LifecycleProcessor {

    private boolean running;

    @Override
    public void onRefresh() {
        start();
    }

    @Override
    public void onClose() {
        stop();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
