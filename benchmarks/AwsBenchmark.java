import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Measures the AWS artifact, the floor and the samples' way in turns, all under Amazon's runtime client. */
final class AwsBenchmark {

    private static final int FIRST_CALLS = 100;
    private static final int CALLS = 2_000;
    private static final int TRAINING_CALLS = 200;

    private AwsBenchmark() {}

    /**
     * Arguments: {@code quick}, {@code whole}, {@code logins}, {@code image} or {@code steps}; the directory with
     * {@code api}, {@code floor}, {@code samples}, {@code steps} and the images; the event, its body; and the JDKs.
     */
    public static void main(String[] arguments) {
        Benchmark.run(() -> measure(arguments));
    }

    private static void measure(String... arguments) throws Exception {
        String mode = arguments[0];
        Path work = Path.of(arguments[1]).toAbsolutePath();
        Functions functions = new Functions(work);
        byte[] event = Functions.event(Path.of(arguments[2]), Path.of(arguments[3]));
        boolean onlyCold = mode.equals("logins") || mode.equals("image");
        for (String jdk : Arrays.asList(arguments).subList(4, arguments.length)) {
            List<Lambda.Function> chosen =
                    switch (mode) {
                        case "logins" -> functions.byLogin(Path.of(jdk));
                        case "image" -> functions.byPackage(Path.of(jdk));
                        case "steps" -> functions.stepByStep();
                        default -> functions.all();
                    };
            List<Program> programs =
                    chosen.stream().map(each -> new Program(each, event)).toList();
            Turns turns = new Turns(work, Path.of(jdk), mode.equals("quick") ? 4 : 8, onlyCold ? FIRST_CALLS : CALLS);
            turns.run(programs, Turns.Start.PLAIN);
            boolean isWhole = mode.equals("whole") || mode.equals("quick");
            if (isWhole && Cache.of(Path.of(jdk)) == Cache.AOT) {
                turns.run(programs, Turns.Start.CACHED);
            }
        }
    }

    private record Program(Lambda.Function function, byte[] event) implements Turns.Program {

        @Override
        public String name() {
            return function.name();
        }

        @Override
        public Turns.Running start(Path jdk, Turns.Start start, String... options) throws IOException {
            return new Running(
                    start == Turns.Start.PLAIN
                            ? Lambda.start(java(jdk), function, options)
                            : Lambda.withClassPath(java(jdk), function, withCache(options)),
                    event);
        }

        private String[] withCache(String... options) {
            String[] all = Arrays.copyOf(options, options.length + 1);
            all[options.length] = "-XX:AOTCache=" + function.cache();
            return all;
        }

        @Override
        public void train(Path jdk) throws Exception {
            try (Lambda lambda = Lambda.withClassPath(java(jdk), function, "-XX:AOTCacheOutput=" + function.cache())) {
                for (int i = 0; i < TRAINING_CALLS; i++) {
                    lambda.create(event);
                }
                lambda.stop();
            }
        }

        private static Path java(Path jdk) {
            return jdk.resolve("bin").resolve("java");
        }
    }

    private record Running(Lambda lambda, byte[] event) implements Turns.Running {

        @Override
        public double create() throws Exception {
            return lambda.create(event);
        }

        @Override
        public double cpuSeconds() {
            return lambda.cpuSeconds();
        }

        @Override
        public void close() throws Exception {
            lambda.close();
        }
    }
}
