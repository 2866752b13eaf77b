/** The frame of a program that measures. */
final class Benchmark {

    private Benchmark() {}

    /** Runs a measurement and ends the JVM. Otherwise the threads of the embedded database would keep the program alive. */
    static void run(Measurement measurement) {
        try {
            measurement.run();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    /** A measurement, which may fail. */
    interface Measurement {

        void run() throws Exception;
    }
}
