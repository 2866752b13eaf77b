package com.ecommerce.orders.aws.testkit;

import com.ecommerce.orders.testkit.TestDatabase;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A small stand-in for RDS Proxy in front of the database of the tests. It accepts only TLS. It checks an IAM token, or lets
 * the database ask for the password. It passes all other data unchanged.
 */
public final class RdsProxy implements AutoCloseable {

    /** The only credentials that the proxy accepts. */
    public static final Map<String, String> CREDENTIALS = Map.of(
            "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE",
            "AWS_SECRET_ACCESS_KEY", "example",
            "AWS_SESSION_TOKEN", "token");

    /** The region of the proxy. */
    public static final String REGION = "eu-central-1";

    private static final int TLS_REQUEST = 80_877_103;
    private static final byte[] ASK_FOR_PASSWORD = {'R', 0, 0, 0, 8, 0, 0, 0, 3};
    private static final byte[] REFUSAL =
            "SFATAL\0VFATAL\0C28000\0MPAM authentication failed\0\0".getBytes(StandardCharsets.UTF_8);

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final URI database = URI.create(TestDatabase.get().url().substring("jdbc:".length()));
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger resumed = new AtomicInteger();
    private final SSLContext certificate;
    private final boolean byIam;

    /** Starts a proxy that checks a token or, without {@code byIam}, lets the database check the login. */
    public RdsProxy(Certificates certificates, boolean byIam) throws IOException, GeneralSecurityException {
        this.certificate = certificates.server();
        this.byIam = byIam;
        threads.execute(this::accept);
    }

    /** Returns the port of the proxy. */
    public int port() {
        return server.getLocalPort();
    }

    /** Returns the number of successful logins with a token. */
    public int logins() {
        return logins.get();
    }

    /** Returns the number of connections that resumed the TLS session of another connection. */
    public int resumed() {
        return resumed.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), database.getPort())) {
            long connected = System.currentTimeMillis();
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            DataInputStream plain = new DataInputStream(client.getInputStream());
            if (plain.readInt() != 8 || plain.readInt() != TLS_REQUEST) {
                return;
            }
            client.getOutputStream().write('S');
            SSLSocket tls = (SSLSocket) certificate.getSocketFactory().createSocket(client, null, true);
            tls.setUseClientMode(false);
            DataInputStream in = new DataInputStream(tls.getInputStream());
            byte[] start = readMessage(in);
            if (tls.getSession().getCreationTime() < connected) {
                resumed.incrementAndGet();
            }
            if (byIam && !letsIn(start, in, tls.getOutputStream())) {
                return;
            }
            behind.getOutputStream().write(start);
            threads.execute(() -> pass(behind, tls));
            pass(in, behind.getOutputStream());
        } catch (IOException gone) {
            // The client has closed the connection, or does not trust the certificate.
        }
    }

    private boolean letsIn(byte[] start, DataInputStream in, OutputStream out) throws IOException {
        out.write(ASK_FOR_PASSWORD);
        in.readByte();
        byte[] password = readMessage(in);
        String token = new String(password, 4, password.length - 5, StandardCharsets.UTF_8);
        boolean good = IamToken.parse(token).isOf(user(start), port(), REGION, CREDENTIALS);
        if (good) {
            logins.incrementAndGet();
        } else {
            out.write(ByteBuffer.allocate(REFUSAL.length + 5)
                    .put((byte) 'E')
                    .putInt(REFUSAL.length + 4)
                    .put(REFUSAL)
                    .array());
        }
        return good;
    }

    /** Returns the user of a startup message, which has a version and then names and values. */
    private static String user(byte[] start) {
        String[] words = new String(start, 8, start.length - 8, StandardCharsets.UTF_8).split("\0");
        for (int i = 0; i + 1 < words.length; i += 2) {
            if (words[i].equals("user")) {
                return words[i + 1];
            }
        }
        return "";
    }

    /** Reads a message with its length. The length includes its own bytes. */
    private static byte[] readMessage(DataInputStream in) throws IOException {
        int length = in.readInt();
        ByteBuffer message = ByteBuffer.allocate(length).putInt(length);
        in.readFully(message.array(), Integer.BYTES, length - Integer.BYTES);
        return message.array();
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            pass(from.getInputStream(), to.getOutputStream());
        } catch (IOException gone) {
            // One side has closed its connection, so the other connection is closed, too.
        }
    }

    private static void pass(InputStream from, OutputStream to) throws IOException {
        byte[] bytes = new byte[1 << 14];
        for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
            to.write(bytes, 0, count);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
