import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** The program with which the build writes {@code openapi.yaml} as JSON. So no artifact needs a YAML parser. */
final class OpenApiJson {

    private OpenApiJson() {}

    /** @param arguments the YAML file to read, and the JSON file to write */
    public static void main(String[] arguments) throws IOException {
        try (InputStream yaml = Files.newInputStream(Path.of(arguments[0]))) {
            Map<String, Object> contract = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            JsonMapper.shared().writeValue(Path.of(arguments[1]), contract);
        }
    }
}
