package com.ecommerce.orders.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.OrderDocument;
import com.ecommerce.orders.operation.OrderId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.cache.Cache;
import org.springframework.cache.concurrent.ConcurrentMapCache;

@NullUnmarked
class SpringDocumentCacheTest {

    private static final TenantId TENANT = new TenantId("acme");

    private final OrderId id = new OrderId(UUID.randomUUID());
    private final ConcurrentMapCache entries = new ConcurrentMapCache("orders");
    private final AtomicLong now = new AtomicLong();
    private final SpringDocumentCache cache = new SpringDocumentCache(entries, now::get);

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
    void doesNotCacheAReadThatTookTooLong() {
        cache.get(TENANT, id, () -> {
            now.addAndGet(SpringDocumentCache.LONGEST_READ.toNanos());
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
        SpringDocumentCache failing = new SpringDocumentCache(failing(asked));

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
        entries.getNativeCache().replaceAll((key, value) -> damage.apply((byte[]) value));

        assertThat(cache.get(TENANT, id, () -> Optional.of(version(2)))).isPresent();
        assertThat(known(cache).version()).isEqualTo(2);
        assertThat(known(cache).text()).isEqualTo("{\"version\":2}");
    }

    private static byte[] changed(byte[] value, int at) {
        byte[] changed = value.clone();
        changed[at] ^= 1;
        return changed;
    }

    private static Cache failing(AtomicInteger asked) {
        return new ConcurrentMapCache("orders") {

            @Override
            public <T> T get(Object key, Class<T> type) {
                asked.incrementAndGet();
                throw new IllegalStateException("down");
            }
        };
    }

    private OrderDocument known(SpringDocumentCache in) {
        return in.get(TENANT, id, Optional::empty).orElseThrow();
    }

    private OrderDocument version(int version) {
        return new OrderDocument(id, version, null, ("{\"version\":" + version + "}").getBytes(StandardCharsets.UTF_8));
    }
}
