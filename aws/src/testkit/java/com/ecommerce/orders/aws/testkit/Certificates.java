package com.ecommerce.orders.aws.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate of {@code localhost} from a new CA that no other program trusts. */
public final class Certificates {

    /** The password of the key stores. The store of the JDK has the same password. */
    private static final String OPENED_BY = "changeit";

    private static final String JDK_STORE = "lib/security/cacerts";

    private final Path directory;
    private final Path keys;
    private final Path authority;

    /** @param parent the directory in which a directory for the files is created */
    public Certificates(Path parent) throws IOException, InterruptedException {
        this.directory = Files.createTempDirectory(parent, "certificates");
        this.keys = directory.resolve("keys.p12");
        this.authority = directory.resolve("ca.pem");
        generate("ca", "-ext", "bc:critical=ca:true");
        generate("server", "-ext", "san=dns:localhost", "-signer", "ca");
        keytool(keys, "-exportcert", "-rfc", "-alias", "ca", "-file", authority.toString());
    }

    private void generate(String alias, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + alias));
        arguments.addAll(List.of("-keyalg", "RSA", "-keysize", "2048", "-validity", "2"));
        arguments.addAll(List.of(more));
        keytool(keys, arguments.toArray(String[]::new));
    }

    /** Returns the option with which a process of this JDK also trusts the CA. */
    public String trustedBy(Path jdk) throws IOException, InterruptedException {
        Path store = directory.resolve("trusted");
        Files.write(store, Files.readAllBytes(jdk.resolve(JDK_STORE)));
        keytool(store, "-importcert", "-noprompt", "-alias", "ca", "-file", authority.toString());
        return "-Djavax.net.ssl.trustStore=" + store;
    }

    /** Returns the context with which a server uses the certificate. */
    public SSLContext server() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(keys)) {
            store.load(content, OPENED_BY.toCharArray());
        }
        store.deleteEntry("ca");
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(store, OPENED_BY.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", OPENED_BY));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }
}
