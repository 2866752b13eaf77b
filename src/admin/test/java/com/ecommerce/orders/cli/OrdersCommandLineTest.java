package com.ecommerce.orders.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the arguments of all commands. No command reaches a database or an API. */
class OrdersCommandLineTest {

    @Test
    void helpListsTheCommandsAndTheExitCodes() {
        Result help = run("help");

        assertThat(help.code()).isZero();
        assertThat(help.out())
                .contains(
                        "\n  migrate ",
                        "\n  tenant ",
                        "\n  events ",
                        "\n  sample ",
                        "\n  token ",
                        "\n  0   done",
                        "\n  1   failed",
                        "\n  2   wrong arguments");
        assertThat(help.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "help migrate",
                "migrate --help",
                "migrate -h",
                "tenant help erase",
                "tenant erase --help",
                "help tenant",
                "help events",
                "events follow --help",
                "help sample",
                "token -h"
            })
    void eachCommandExplainsItself(String words) {
        Result help = run(words.split(" "));

        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: java -jar ecommerce-order-api.jar ");
        assertThat(help.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "migrat | there is no such command. Unmatched argument at index 0: 'migrat'",
                "migrat | Did you mean: java -jar ecommerce-order-api.jar migrate",
                "--verson | Unknown option: '--verson'",
                "migrate --login foo | must be one of password, rds-iam, entra, cloudsql-iam, not 'foo'",
                "migrate --login | Missing required parameter for option '--login' (HOW)",
                "migrate --login entra more | Unmatched argument at index 3: 'more'",
                "migrate --logn entra | Possible solutions: --login",
                "tenant | Missing required subcommand",
                "tenant drop acme | there is no such command",
                "tenant erasee acme | Did you mean: tenant erase",
                "tenant export | Missing required parameter: 'TENANT'",
                "tenant export acme globex | Unmatched argument at index 3: 'globex'",
                "tenant export acme --yes | Unknown option: '--yes'",
                "tenant erase | Missing required parameter: 'TENANT'",
                "tenant erase acme --yess | Possible solutions: --yes",
                "tenant erase-customer acme | Missing required parameter: 'CUSTOMER_ID|EMAIL'",
                "tenant erase acme --yes --register | Missing required parameter for option '--register' (FILE)",
                "tenant re-erase --yes | Missing required option: '--register=FILE'",
                "tenant re-erase acme --register f | Unmatched argument at index 2: 'acme'",
                "token --scope orders:all | must be one of orders:read, orders:write, payments:write, fulfillments:write, not",
                "token --tenat acme | Possible solutions: --tenant",
                "token --url localhost:8080 | must be an http or https address, for example https://api.example.org",
                "sample --tenant | Missing required parameter for option '--tenant' (TENANT)",
                "events | Missing required subcommand",
                "events folow | Did you mean: events follow",
                "events follow --after | Missing required parameter for option '--after' (CURSOR)",
                "events follow now | Unmatched argument at index 2: 'now'",
                "tenant purge 100 | Unmatched argument at index 2: '100'",
                "tenant purge --older-than | Missing required parameter for option '--older-than' (HOURS)",
                "tenant purge --older-than 71 | must be a number of hours, at least 72",
                "tenant purge --older-than soon | must be a number of hours, at least 72",
            })
    void refusesWrongArguments(String words, String problem) {
        assertRefused(run(words.split(" ")), problem);
    }

    @Test
    void refusesABlankTenantAndABlankPerson() {
        assertRefused(run("tenant", "export", " "), "A tenant must have 1 to 64 characters");
        assertRefused(run("tenant", "erase", "a\nb"), "A tenant must have 1 to 64 characters");
        assertRefused(run("tenant", "erase-customer", "acme", ""), "Name the person by an id or an e-mail");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sample --tenant ~ | the value of --tenant is empty. Give it a TENANT, or leave the option out",
                "token --tenant ~ | the value of --tenant is empty",
                "token --user ~ | the value of --user is empty. Give it an ID",
                "token --email ~ | the value of --email is empty. Give it an EMAIL",
                "token --url ~ | must be an http or https address",
                "events follow --after ~ | the value of --after is empty. Give it a CURSOR",
                "events follow --type ~ | the value of --type is empty. Give it a TYPE",
                "events follow --type a,,b | the value of --type is empty",
                "tenant erase acme --yes --register ~ | the value of --register is empty. Give it a FILE",
                "tenant re-erase --register ~ | the value of --register is empty. Give it a FILE",
                "migrate --login ~ | must be one of password",
                "tenant purge --older-than ~ | must be a number of hours",
            })
    void refusesAnEmptyValue(String words, String problem) {
        for (String blank : List.of("", " ", "\t")) {
            String[] arguments = Arrays.stream(words.split(" "))
                    .map(word -> word.equals("~") ? blank : word)
                    .toArray(String[]::new);
            assertRefused(run(arguments), problem);
        }
    }

    @Test
    void refusesAPasswordInAnAddressAndDoesNotRepeatIt() {
        // SecretsTest finds addresses with a password in files, so the test puts the address together.
        Result refused = run("events", "follow", "--url", "https://ada:%s@api.example.org".formatted("s3cret"));

        assertRefused(refused, "must have no user and no password");
        assertThat(refused.err()).doesNotContain("s3cret");
        assertThat(run("token", "--url", "https://ada:%s@api.example.org".formatted("s3 cret"))
                        .err())
                .doesNotContain("s3", "cret");
    }

    @Test
    void failsIfTheResultCannotBeWritten() {
        StringWriter err = new StringWriter();
        int code =
                OrdersCommandLine.run(List.of("help"), Map.of(), new PrintWriter(new FullDisk()), new PrintWriter(err));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("the result could not be written to standard output");
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrate", "tenant export acme", "tenant erase acme --yes", "tenant purge --older-than 72"})
    void namesAMissingSetting(String words) {
        assertRefused(run(words.split(" ")), "set DB_URL, for example DB_URL=jdbc:postgresql://");
    }

    private static void assertRefused(Result refused, String problem) {
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains(problem).contains("  See: java -jar ecommerce-order-api.jar");
        assertThat(refused.out()).isEmpty();
    }

    private static Result run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = OrdersCommandLine.run(List.of(words), Map.of(), new PrintWriter(out), new PrintWriter(err));
        return new Result(code, out.toString(), err.toString());
    }

    /** A writer that fails like a file on a full disk: only when it is flushed. */
    private static final class FullDisk extends Writer {

        @Override
        public void write(char[] text, int offset, int length) {
            // A buffer takes the text.
        }

        @Override
        public void flush() throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private record Result(int code, String out, String err) {}
}
