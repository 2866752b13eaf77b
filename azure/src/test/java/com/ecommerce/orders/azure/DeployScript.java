package com.ecommerce.orders.azure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code scripts/deploy_azure.sh} with stand-ins for every tool that it calls. The subscription behind the stand-ins is a
 * few files, and refuses what Azure refuses: storage that shrinks, another first month of a budget, the deletion of
 * anything below a lock, and a first token for the database after the template ran.
 */
final class DeployScript {

    private static final String STAND_IN =
            """
            #!/usr/bin/env bash
            set -euo pipefail
            account="$(dirname "${BASH_SOURCE[0]}")/../account"
            tool=${0##*/}
            all="$tool $*"
            if [[ $tool != sleep ]]; then printf '%s\\n' "$all" >>"$account/calls"; fi
            given() {
              local word
              for word in "${words[@]}"; do
                if [[ $word == "$1="* ]]; then printf '%s' "${word#*=}"; fi
              done
            }
            words=("$@")
            refuse() {
              echo "ERROR: $*" >&2
              exit 1
            }
            output() {
              cat "$account/outputs/$1" 2>/dev/null || true
            }
            case $all in
            'az group exists '*) cat "$account/group" ;;
            'az provider list '*) cat "$account/unregistered" ;;
            'az resource list '*"'function'"*) cat "$account/app" ;;
            'az resource list '*"'database'"*) cat "$account/server" ;;
            'az resource show '*storageSizeGB*)
              printf '%s\\n' "$(<"$account/storage")" "$(<"$account/backup")" "$(<"$account/availability")"
              ;;
            'az resource show '*storageAccounts*) cat "$account/sku" ;;
            'az functionapp config appsettings list '*)
              printf 'AzureWebJobsStorage__accountName\\tstabc\\n'
              while IFS=$'\\t' read -r name value; do
                [[ -n $name ]] || continue
                uri="https://kv-abc.vault.azure.net/secrets/${name//_/-}/"
                printf '%s\\t%s\\n' "$name" "@Microsoft.KeyVault(${value:-SecretUri=$uri})"
              done <"$account/references"
              ;;
            'az rest --method get '*budgets*) cat "$account/budget" ;;
            'az rest --method patch '*) [[ ! -f $account/rest-fails ]] || refuse 'Conflict' ;;
            'az deployment group create '*)
              present=$(<"$account/storage")
              now=$(given databaseStorageGBNow)
              ((${now:-32} >= ${present:-32})) || refuse 'StorageSizeCannotShrink'
              budget=$(<"$account/budget")
              [[ -z $budget || $(given budgetStart) == "$budget" ]] || refuse 'BudgetStartDateCannotChange'
              touch "$account/assertion-expired"
              : >"$account/references"
              given secretNames | tr -d '[]"' | tr ',' '\\n' >>"$account/references"
              for word in "${words[@]}"; do
                if [[ $word == @*secrets.json ]]; then cp "${word#@}" "$account/secrets"; fi
              done
              ;;
            'az deployment group show '*)
              name=${all#*properties.outputs.}
              output "${name%%.value*}"
              ;;
            'az account get-access-token '*)
              [[ -f $account/token || ! -f $account/assertion-expired ]] || refuse 'AADSTS700024'
              touch "$account/token"
              [[ $all == *'--output none' ]] || echo 'a-token'
              ;;
            'az '*delete*) refuse 'ScopeLocked' ;;
            'mvn '*-Dmdep.outputFile=*)
              for word in "${words[@]}"; do
                if [[ $word == -Dmdep.outputFile=* ]]; then mkdir -p "$(dirname "${word#*=}")" && : >"${word#*=}"; fi
              done
              ;;
            java*)
              printf '%s\\n' "$DB_USER $DB_USER_OBJECT_ID $DB_OWNER $DB_OWNER_PASSWORD" >"$account/migrated"
              [[ ! -f $account/migration-fails ]] || exit 1
              ;;
            'curl '*)
              url=${*: -1}
              mode=$(output identityMode)
              answer=200
              case $url in
              http://*) answer="$(cat "$account/redirect") https://${url#http://}" ;;
              *.net/orders* | *.com/orders*) answer=401 ;;
              esac
              if [[ $mode == gateway && $url == https://* ]]; then answer=401; fi
              if [[ $all == *X-MS-CLIENT-PRINCIPAL* ]]; then answer=$(cat "$account/forged"); fi
              if [[ $all == *'--header @'* ]]; then answer=200; fi
              if [[ -n $(output frontDoorId) && $url == *azurewebsites* ]]; then answer=403; fi
              printf '%s ' "$answer"
              ;;
            esac
            """;

    private final Path directory;

    private DeployScript(Path directory) {
        this.directory = directory;
    }

    /** An empty subscription with every provider registered. */
    static DeployScript in(Path directory) throws IOException {
        DeployScript script = new DeployScript(directory);
        Files.createDirectories(directory.resolve("account/outputs"));
        Files.createDirectories(directory.resolve("bin"));
        for (String tool : List.of("az", "curl", "mvn", "java", "jar", "sleep")) {
            Path standIn = Files.writeString(directory.resolve("bin").resolve(tool), STAND_IN);
            if (!standIn.toFile().setExecutable(true)) {
                throw new IOException("Not executable: " + standIn);
            }
        }
        for (String empty : List.of("calls", "unregistered", "app", "server", "storage", "references", "budget")) {
            script.account(empty, "");
        }
        script.account("group", "false");
        script.account("redirect", "301");
        script.account("forged", "401");
        script.outputs(Map.of(
                "appName", "orders-test",
                "appUrl", "https://orders-test.azurewebsites.net",
                "appHostName", "orders-test.azurewebsites.net",
                "identityMode", "jwt",
                "anyTenant", "11111111-1111-1111-1111-111111111111",
                "databaseRole", "orders-test-identity",
                "databaseOwner", "orders-database-admins",
                "databaseServerId", "/subscriptions/s/server",
                "migrationUrl", "jdbc:postgresql://db:5432/orders",
                "identityPrincipalId", "33333333-3333-3333-3333-333333333333"));
        return script;
    }

    /** The resources of an earlier deployment. */
    DeployScript deployed() {
        account("group", "true");
        account("app", "/subscriptions/s/app");
        account("server", "/subscriptions/s/server");
        account("storage", "32");
        account("backup", "14");
        account("availability", "Disabled");
        account("sku", "Standard_LRS");
        return this;
    }

    DeployScript account(String file, String content) {
        try {
            Files.writeString(directory.resolve("account").resolve(file), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    DeployScript outputs(Map<String, String> outputs) {
        outputs.forEach((name, value) -> account("outputs/" + name, value));
        return this;
    }

    /** What is in a file of the subscription. */
    String account(String file) throws IOException {
        return Files.readString(directory.resolve("account").resolve(file));
    }

    /** The commands that were run, in order, each as one line. */
    List<String> calls() throws IOException {
        return account("calls").lines().toList();
    }

    Result run(Map<String, String> environment, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("scripts/deploy_azure.sh", "--resource-group", "orders-test"));
        command.addAll(List.of(options));
        if (Stream.of(options).noneMatch("--parameters"::equals)) {
            command.addAll(List.of("--parameters", "azure/azuredeploy.parameters.example.json"));
        }
        Path complaints = directory.resolve("complaints");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(complaints.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("DB_") || name.equals("JAVA_HOME"));
        builder.environment().put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output, Files.readString(complaints));
    }

    /** What a run said, and its exit code. */
    record Result(int code, String output, String complaints) {}
}
