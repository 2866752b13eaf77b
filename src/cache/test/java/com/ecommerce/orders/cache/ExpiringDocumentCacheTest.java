package com.ecommerce.orders.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.OrderDocument;
import com.ecommerce.orders.operation.OrderId;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cache must keep these promises with each store. */
@NullUnmarked
abstract class ExpiringDocumentCacheTest {

    private static final TenantId TENANT = new TenantId("acme");

    private final OrderId id = new OrderId(UUID.randomUUID());
    private final AtomicLong now = new AtomicLong();
    private final CacheStore values;
    private final ExpiringDocumentCache cache;

    /** @param values a store without values */
    ExpiringDocumentCacheTest(CacheStore values) {
        this.values = values;
        this.cache = new ExpiringDocumentCache(values, now::get);
    }

    @Test
    void keepsAnOrderThatWasRead() {
        assertThat(cache.get(TENANT, id, () -> Optional.of(version(1)))).isPresent();
        assertThat(known(cache).version()).isEqualTo(1);
        assertThat(known(cache).text()).isEqualTo("{\"version\":1}");
    }

    @Test
    void keepsAnOrderThatWasStored() {
        cache.stored(TENANT, version(1));
        cache.stored(TENANT, version(2));

        assertThat(known(cache).version()).isEqualTo(2);
    }

    @Test
    void doesNotCacheThatAnOrderIsMissing() {
        assertThat(cache.get(TENANT, id, Optional::empty)).isEmpty();
        assertThat(cache.get(TENANT, id, () -> Optional.of(version(1)))).isPresent();
    }

    @Test
    void doesNotCacheAReadThatAWriteOvertakes() {
        Supplier<Optional<OrderDocument>> overtaken = () -> {
            cache.stored(TENANT, version(2));
            return Optional.of(version(1));
        };
        assertThat(cache.get(TENANT, id, overtaken)).isPresent();
        assertThat(known(cache).version()).isEqualTo(2);
    }

    @Test
    void readsAnOrderAgainAfterItHasChanged() {
        cache.stored(TENANT, version(1));
        cache.changed(TENANT, id);

        assertThat(cache.get(TENANT, id, () -> Optional.of(version(2)))
                        .orElseThrow()
                        .version())
                .isEqualTo(2);
        assertThat(known(cache).version()).isEqualTo(2);
    }

    @Test
    void doesNotCacheAReadThatAChangeOvertakes() {
        Supplier<Optional<OrderDocument>> overtaken = () -> {
            cache.changed(TENANT, id);
            return Optional.of(version(1));
        };
        assertThat(cache.get(TENANT, id, overtaken)).isPresent();
        assertThat(cache.get(TENANT, id, Optional::empty)).isEmpty();
    }

    @Test
    void doesNotCacheAReadThatAChangeOvertookAlthoughALaterReadFails() {
        Supplier<Optional<OrderDocument>> overtaken = () -> {
            cache.changed(TENANT, id);
            assertThatThrownBy(() -> cache.get(TENANT, id, () -> {
                        throw new IllegalStateException("the database is down");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            return Optional.of(version(1));
        };
        assertThat(cache.get(TENANT, id, overtaken)).isPresent();
        assertThat(cache.get(TENANT, id, Optional::empty)).isEmpty();
    }

    /** The first reader reads version 1, a change stores version 2, the second reader begins, the first reader ends. */
    @Test
    void doesNotCacheAReadThatAChangeOvertookWhileAnotherReadRuns() throws Exception {
        CountDownLatch secondReads = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            CountDownLatch firstHasRead = new CountDownLatch(1);
            Future<?> first = thread.submit(() -> cache.get(TENANT, id, () -> {
                firstHasRead.countDown();
                await(secondReads);
                return Optional.of(version(1));
            }));
            await(firstHasRead);
            cache.changed(TENANT, id);
            cache.get(TENANT, id, () -> {
                secondReads.countDown();
                await(first);
                return Optional.of(version(2));
            });
        } finally {
            thread.shutdownNow();
        }
        assertThat(known(cache).version()).isEqualTo(2);
    }

    /** A write is stored only after its connection was lost and a read has ended. The client repeats the write. */
    @Test
    void readsAnOrderAgainAfterTheReplayOfALostWrite() {
        cache.changed(TENANT, id);
        cache.get(TENANT, id, () -> Optional.of(version(1)));
        assertThat(known(cache).version()).isEqualTo(1);

        cache.changed(TENANT, id);

        assertThat(cache.get(TENANT, id, () -> Optional.of(version(2)))
                        .orElseThrow()
                        .version())
                .isEqualTo(2);
    }

    @Test
    void doesNotCacheAReadBetweenTwoChanges() {
        cache.changed(TENANT, id);
        cache.get(TENANT, id, () -> {
            cache.changed(TENANT, id);
            return Optional.of(version(2));
        });
        assertThat(cache.get(TENANT, id, Optional::empty)).isEmpty();
    }

    @Test
    void keepsTheNewerOfTwoVersionsThatWereStored() {
        cache.stored(TENANT, version(3));
        cache.stored(TENANT, version(2));

        assertThat(known(cache).version()).isEqualTo(3);
    }

    @Test
    void doesNotCacheAStoredVersionThatAChangeOvertook() {
        cache.changed(TENANT, id);
        cache.stored(TENANT, version(1));

        assertThat(cache.get(TENANT, id, Optional::empty)).isEmpty();
    }

    @Test
    void doesNotCacheAReadAfterAChangeThatAStoredVersionOvertakes() {
        cache.changed(TENANT, id);
        cache.get(TENANT, id, () -> {
            cache.stored(TENANT, version(3));
            return Optional.of(version(2));
        });
        assertThat(cache.get(TENANT, id, Optional::empty)).isEmpty();
    }

    @Test
    void doesNotCacheAReadThatTookTooLong() {
        cache.get(TENANT, id, () -> {
            now.addAndGet(ExpiringDocumentCache.LONGEST_READ.toNanos());
            return Optional.of(version(1));
        });
        assertThat(cache.get(TENANT, id, Optional::empty)).isEmpty();
    }

    @Test
    void keepsTenantsApart() {
        cache.stored(TENANT, version(1));
        assertThat(cache.get(new TenantId("globex"), id, Optional::empty)).isEmpty();
    }

    @Test
    void asksAFailedCacheOnlyOnce() {
        AtomicInteger asked = new AtomicInteger();
        ExpiringDocumentCache failing = new ExpiringDocumentCache(failing(asked));

        for (int i = 0; i < 3; i++) {
            assertThat(failing.get(TENANT, id, () -> Optional.of(version(1)))).isPresent();
            failing.stored(TENANT, version(2));
        }
        assertThat(asked).hasValue(1);
    }

    static List<UnaryOperator<byte[]>> damages() {
        return List.of(
                value -> new byte[0],
                value -> new byte[3],
                value -> Arrays.copyOf(value, value.length - 1),
                value -> Arrays.copyOf(value, value.length + 1),
                value -> changed(value, value.length - 2),
                value -> changed(value, 3),
                // The format of earlier versions: the order's version and its JSON.
                value -> "\0\0\0\1{\"version\":1}".getBytes(StandardCharsets.UTF_8),
                value -> "somebody else's value".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void replacesAValueThatIsDamagedOrHasAnotherFormat(UnaryOperator<byte[]> damage) {
        cache.stored(TENANT, version(1));
        String key = id.value() + ":" + TENANT.value();
        values.put(key, damage.apply(values.get(key)));

        assertThat(cache.get(TENANT, id, () -> Optional.of(version(2)))).isPresent();
        assertThat(known(cache).version()).isEqualTo(2);
        assertThat(known(cache).text()).isEqualTo("{\"version\":2}");
    }

    private static void await(CountDownLatch latch) {
        Awaitility.await().until(() -> latch.getCount() == 0);
    }

    private static void await(Future<?> end) {
        Awaitility.await().until(end::isDone);
    }

    private static byte[] changed(byte[] value, int at) {
        byte[] changed = value.clone();
        changed[at] ^= 1;
        return changed;
    }

    private static CacheStore failing(AtomicInteger asked) {
        return (CacheStore) Proxy.newProxyInstance(
                CacheStore.class.getClassLoader(), new Class<?>[] {CacheStore.class}, (store, method, arguments) -> {
                    asked.incrementAndGet();
                    throw new IllegalStateException("down");
                });
    }

    private OrderDocument known(ExpiringDocumentCache in) {
        return in.get(TENANT, id, Optional::empty).orElseThrow();
    }

    private OrderDocument version(int version) {
        return new OrderDocument(id, version, null, ("{\"version\":" + version + "}").getBytes(StandardCharsets.UTF_8));
    }
}
