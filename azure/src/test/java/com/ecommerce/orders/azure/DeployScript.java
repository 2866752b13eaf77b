package com.ecommerce.orders.azure;

import com.ecommerce.orders.testkit.DeploymentSandbox;
import com.ecommerce.orders.testkit.DeploymentSandbox.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The script {@code scripts/deploy_azure.sh} in a sandbox. The subscription refuses the same as Azure: storage that shrinks,
 * another first month of a budget, the deletion of anything below a lock, and a first token for the database after the
 * template ran.
 */
final class DeployScript {

    private static final String STAND_IN =
            """
            all="$tool $*"
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
              cat "outputs/$1" 2>/dev/null || true
            }
            case $all in
            'az group exists '*) cat "group" ;;
            'az provider list '*) cat "unregistered" ;;
            'az resource list '*"'function'"*) cat "app" ;;
            'az resource list '*"'database'"*) cat "server" ;;
            'az resource show '*storageSizeGB*)
              printf '%s\\n' "$(<"storage")" "$(<"backup")" "$(<"availability")"
              ;;
            'az resource show '*storageAccounts*) cat "sku" ;;
            'az functionapp config appsettings list '*)
              printf 'AzureWebJobsStorage__accountName\\tstabc\\n'
              while IFS=$'\\t' read -r name value; do
                [[ -n $name ]] || continue
                uri="https://kv-abc.vault.azure.net/secrets/${name//_/-}/"
                printf '%s\\t%s\\n' "$name" "@Microsoft.KeyVault(${value:-SecretUri=$uri})"
              done <"references"
              ;;
            'az rest --method get '*budgets*) cat "budget" ;;
            'az rest --method patch '*) [[ ! -f rest-fails ]] || refuse 'Conflict' ;;
            'az deployment group create '*)
              present=$(<"storage")
              now=$(given databaseStorageGBNow)
              ((${now:-32} >= ${present:-32})) || refuse 'StorageSizeCannotShrink'
              budget=$(<"budget")
              [[ -z $budget || $(given budgetStart) == "$budget" ]] || refuse 'BudgetStartDateCannotChange'
              touch "assertion-expired"
              : >"references"
              given secretNames | tr -d '[]"' | tr ',' '\\n' >>"references"
              for word in "${words[@]}"; do
                if [[ $word == @*secrets.json ]]; then cp "${word#@}" "secrets"; fi
              done
              ;;
            'az deployment group show '*)
              name=${all#*properties.outputs.}
              output "${name%%.value*}"
              ;;
            'az account get-access-token '*)
              [[ -f token || ! -f assertion-expired ]] || refuse 'AADSTS700024'
              touch "token"
              [[ $all == *'--output none' ]] || echo 'a-token'
              ;;
            'az '*delete*) refuse 'ScopeLocked' ;;
            'mvn '*-Dmdep.outputFile=*)
              for word in "${words[@]}"; do
                if [[ $word == -Dmdep.outputFile=* ]]; then
                  mkdir -p "$project/$(dirname "${word#*=}")"
                  : >"$project/${word#*=}"
                fi
              done
              ;;
            'mvn '*' package') mkdir -p "$project/target/azure-functions/orders-test" ;;
            java*)
              printf '%s\\n' "$DB_USER $DB_USER_OBJECT_ID $DB_OWNER $DB_OWNER_PASSWORD" >"migrated"
              [[ ! -f migration-fails ]] || exit 1
              ;;
            'curl '*)
              url=${*: -1}
              mode=$(output identityMode)
              answer=200
              case $url in
              http://*) answer="$(cat "redirect") https://${url#http://}" ;;
              *.net/orders* | *.com/orders*) answer=401 ;;
              esac
              if [[ $mode == gateway && $url == https://* ]]; then answer=401; fi
              if [[ $all == *X-MS-CLIENT-PRINCIPAL* ]]; then answer=$(cat "forged"); fi
              if [[ $all == *'--header @'* ]]; then answer=200; fi
              if [[ -n $(output frontDoorId) && $url == *azurewebsites* ]]; then answer=403; fi
              printf '%s ' "$answer"
              ;;
            esac
            """;

    private final DeploymentSandbox sandbox;

    private DeployScript(DeploymentSandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** Returns the script for an empty subscription with every provider registered. */
    static DeployScript in(Path directory) throws IOException {
        DeployScript script = new DeployScript(DeploymentSandbox.create(directory, "azure", List.of("az"), STAND_IN));
        for (String empty : List.of("unregistered", "app", "server", "storage", "references", "budget")) {
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

    /** Creates the resources of an earlier deployment. */
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
        sandbox.account(file, content);
        return this;
    }

    DeployScript outputs(Map<String, String> outputs) {
        outputs.forEach((name, value) -> account("outputs/" + name, value));
        return this;
    }

    /** Returns the content of a file of the subscription. */
    String account(String file) throws IOException {
        return sandbox.account(file);
    }

    Path path(String file) {
        return sandbox.path(file);
    }

    List<String> calls() throws IOException {
        return sandbox.calls();
    }

    int sleeps() throws IOException {
        return sandbox.sleeps();
    }

    Result run(Map<String, String> environment, String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--yes"));
        all.addAll(List.of(options));
        return runWithInput("", environment, all);
    }

    /** Runs the script with the lines that an operator types. */
    Result runWithInput(String input, Map<String, String> environment, List<String> options)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--resource-group", "orders-test"));
        if (Stream.of("--settings", "--help").noneMatch(options::contains)) {
            all.addAll(List.of("--settings", "azure/azuredeploy.parameters.example.json"));
        }
        all.addAll(options);
        return sandbox.run(input, environment, all);
    }
}
