package com.ecommerce.orders.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** An attacker with very many connections, each of which sends the same bytes and then waits. */
final class Flood implements AutoCloseable {

    private final Selector selector = Selector.open();
    private int connected;

    /** @param bytes the bytes that each connection sends, as long as the server accepts bytes */
    Flood(int port, int connections, byte[] bytes) throws IOException {
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            // Without this limit the machine may hold megabytes for each connection.
            channel.setOption(StandardSocketOptions.SO_SNDBUF, 16 * 1024);
            channel.register(selector, SelectionKey.OP_CONNECT, ByteBuffer.wrap(bytes));
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
    }

    /** Keeps all connections open, and returns how many the server has accepted. */
    int hold(Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            selector.select(left);
            selector.selectedKeys().forEach(this::goOn);
            selector.selectedKeys().clear();
        }
        return connected;
    }

    private void goOn(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        ByteBuffer unsent = (ByteBuffer) key.attachment();
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                connected++;
            }
            channel.write(unsent);
            key.interestOps(unsent.hasRemaining() ? SelectionKey.OP_WRITE : 0);
        } catch (IOException refused) {
            key.cancel();
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
