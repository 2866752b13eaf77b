import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that send one request after another, each client over its own connection. Like pgbench's clients, they share
 * few threads and do little work, because they run on the same cores as the measured program.
 */
final class Clients {

    private static final byte[] LENGTH = bytes("\ncontent-length:");
    private static final byte[] CLOSE = bytes("\nconnection: close");
    private static final byte[] CREATED = bytes(" 201");
    private static final int STATUS_AT = 8;
    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    private final List<Client> clients = new ArrayList<>();

    private Clients() {}

    /** Sends {@code requests}, each over its own connection, again and again until {@code end}. */
    static Clients run(int port, List<byte[]> requests, long end) throws Exception {
        Clients all = new Clients();
        int threads = Math.min(requests.size(), Runtime.getRuntime().availableProcessors());
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<Callable<Void>> loops = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            Selector selector = Selector.open();
            for (int i = thread; i < requests.size(); i += threads) {
                all.clients.add(new Client(port, requests.get(i), selector));
            }
            loops.add(() -> loop(selector, end));
        }
        for (Future<Void> loop : executor.invokeAll(loops)) {
            loop.get();
        }
        executor.shutdown();
        return all;
    }

    /** Returns the milliseconds of each request with the response 201. */
    double[] milliseconds() {
        return clients.stream()
                .flatMapToLong(client -> Arrays.stream(client.nanos, 0, client.created))
                .mapToDouble(nanos -> nanos / 1e6)
                .toArray();
    }

    int refused() {
        return clients.stream().mapToInt(client -> client.refused).sum();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Void loop(Selector selector, long end) throws IOException {
        for (SelectionKey key : selector.keys()) {
            ((Client) key.attachment()).send();
        }
        AtomicInteger open = new AtomicInteger(selector.keys().size());
        while (open.get() > 0) {
            selector.select(key -> {
                try {
                    Client client = (Client) key.attachment();
                    if (client.receive()) {
                        if (System.nanoTime() < end) {
                            client.send();
                        } else {
                            client.channel.close();
                            open.decrementAndGet();
                        }
                    }
                } catch (IOException e) {
                    throw new IllegalStateException("The API closed a connection", e);
                }
            });
        }
        selector.close();
        return null;
    }

    private static final class Client {

        private final int port;
        private final Selector selector;
        private final ByteBuffer request;
        private final byte[] answer = new byte[MAX_ANSWER_BYTES];
        private final ByteBuffer read = ByteBuffer.allocateDirect(MAX_ANSWER_BYTES);
        private SocketChannel channel;
        private int length;
        private long sent;
        private long[] nanos = new long[1 << 16];
        private int created;
        private int refused;

        Client(int port, byte[] request, Selector selector) throws IOException {
            this.port = port;
            this.selector = selector;
            this.request = ByteBuffer.allocateDirect(request.length).put(request);
            this.channel = connect();
        }

        private SocketChannel connect() throws IOException {
            SocketChannel connected = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            connected.setOption(StandardSocketOptions.TCP_NODELAY, true);
            connected.configureBlocking(false);
            connected.register(selector, SelectionKey.OP_READ, this);
            return connected;
        }

        void send() throws IOException {
            sent = System.nanoTime();
            length = 0;
            request.flip();
            while (request.hasRemaining()) {
                channel.write(request);
            }
        }

        /** Tells whether the response is complete. */
        boolean receive() throws IOException {
            read.clear();
            int bytes = channel.read(read);
            if (bytes < 0) {
                throw new IOException("The connection was closed");
            }
            read.flip().get(answer, length, bytes);
            length += bytes;
            int head = endOfHead();
            if (head < 0 || length < head + bodyLength(head)) {
                return false;
            }
            if (matches(CREATED, STATUS_AT)) {
                if (created == nanos.length) {
                    nanos = Arrays.copyOf(nanos, created * 2);
                }
                nanos[created++] = System.nanoTime() - sent;
            } else {
                refused++;
            }
            if (find(CLOSE, head) >= 0) {
                channel.close();
                channel = connect();
            }
            return true;
        }

        private int endOfHead() {
            for (int i = 3; i < length; i++) {
                if (answer[i] == '\n' && answer[i - 2] == '\n') {
                    return i + 1;
                }
            }
            return -1;
        }

        private int bodyLength(int head) {
            int value = 0;
            for (int at = find(LENGTH, head); at >= 0 && answer[at] != '\r'; at++) {
                if (answer[at] != ' ') {
                    value = value * 10 + answer[at] - '0';
                }
            }
            return value;
        }

        /** Returns the index behind {@code text} in the head; below 0 if the head does not contain the text. */
        private int find(byte[] text, int head) {
            for (int i = 0; i < head; i++) {
                if (answer[i] == text[0] && matches(text, i)) {
                    return i + text.length;
                }
            }
            return -1;
        }

        /** Tells whether {@code text}, which is in lower case, stands at this place in any case. */
        private boolean matches(byte[] text, int at) {
            for (int i = 0; i < text.length; i++) {
                int letter = answer[at + i];
                if ((letter >= 'A' && letter <= 'Z' ? letter + 32 : letter) != text[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
