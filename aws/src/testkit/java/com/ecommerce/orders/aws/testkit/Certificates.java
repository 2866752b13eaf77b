package com.ecommerce.orders.aws.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate of {@code localhost}, issued by a CA that is made for it and trusted by nobody else. */
public final class Certificates {

    /** What the JDK's own store, too, is opened by. */
    private static final String OPENED_BY = "changeit";

    private static final String JDK_STORE = "lib/security/cacerts";

    private final Path directory;
    private final Path keys;
    private final Path authority;

    /** @param parent of the directory where its files are put */
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

    /** The option that has a process of this JDK trust the CA, besides all that it trusts already. */
    public String trustedBy(Path jdk) throws IOException, InterruptedException {
        Path store = directory.resolve("trusted");
        Files.write(store, Files.readAllBytes(jdk.resolve(JDK_STORE)));
        keytool(store, "-importcert", "-noprompt", "-alias", "ca", "-file", authority.toString());
        return "-Djavax.net.ssl.trustStore=" + store;
    }

    /** What a server shows it with. */
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
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }
}
