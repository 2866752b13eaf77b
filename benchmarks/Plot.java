import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Draws the figures: bars of cold starts by layer, lines of throughput by connections. */
class Plot {

    private static final int WIDTH = 720;
    private static final int LEFT = 130;
    private static final int RIGHT = 60;
    private static final int BAR = 18;
    private static final String[] COLORS = {"#4c78a8", "#f58518", "#54a24b", "#b279a2", "#9d755d"};

    private final StringBuilder svg = new StringBuilder();

    /** Arguments: the CSVs of cold starts and of throughput, and the SVGs to be written. */
    public static void main(String[] arguments) throws IOException {
        Path cold = Path.of(arguments[0]);
        Path load = Path.of(arguments[1]);
        if (Files.exists(cold)) {
            Files.writeString(Path.of(arguments[2]), new Plot().bars(read(cold)));
        }
        if (Files.exists(load)) {
            Files.writeString(Path.of(arguments[3]), new Plot().lines(read(load)));
        }
    }

    /** Values by group and series; of equal keys the last value. */
    private static Map<String, Map<String, Double>> read(Path csv) throws IOException {
        Map<String, Map<String, Double>> values = new LinkedHashMap<>();
        for (String line : Files.readAllLines(csv)) {
            int first = line.indexOf(',');
            int last = line.lastIndexOf(',');
            values.computeIfAbsent(line.substring(0, first), group -> new LinkedHashMap<>())
                    .put(line.substring(first + 1, last), Double.parseDouble(line.substring(last + 1)));
        }
        return values;
    }

    private String bars(Map<String, Map<String, Double>> groups) {
        double largest = largest(groups);
        int y = 40;
        StringBuilder body = new StringBuilder();
        for (Map.Entry<String, Map<String, Double>> group : groups.entrySet()) {
            text(body, 10, y, "start", "bold", group.getKey());
            y += 10;
            int color = 0;
            for (Map.Entry<String, Double> bar : group.getValue().entrySet()) {
                double length = bar.getValue() / largest * (WIDTH - LEFT - RIGHT);
                text(body, LEFT - 8, y + BAR - 5, "end", "normal", bar.getKey());
                rectangle(body, LEFT, y, length, COLORS[color++ % COLORS.length]);
                text(body, LEFT + length + 6, y + BAR - 5, "start", "normal", number(bar.getValue()));
                y += BAR + 4;
            }
            y += 26;
        }
        return document(y, "Cold start to the first order, milliseconds", body);
    }

    private String lines(Map<String, Map<String, Double>> groups) {
        int height = 360;
        double largest = largest(groups);
        List<Integer> steps = new ArrayList<>();
        groups.keySet().forEach(step -> steps.add(Integer.valueOf(step)));
        TreeSet<String> names = new TreeSet<>();
        groups.values().forEach(values -> names.addAll(values.keySet()));
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            text(
                    body,
                    x(i, steps),
                    height - 18,
                    "middle",
                    "normal",
                    steps.get(i).toString());
        }
        int color = 0;
        for (String name : names) {
            StringBuilder points = new StringBuilder();
            double x = LEFT;
            double y = height;
            for (int i = 0; i < steps.size(); i++) {
                double value = groups.get(steps.get(i).toString()).getOrDefault(name, 0.0);
                x = x(i, steps);
                y = height - 40 - value / largest * (height - 100);
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
                text(body, x, y - 8, "middle", "normal", number(value));
            }
            body.append(String.format(
                    "  <polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
                    points.toString().strip(), COLORS[color++ % COLORS.length]));
            text(body, 10, y, "start", "bold", name);
        }
        return document(height, "Orders a second, by connections", body);
    }

    private static double x(int step, List<Integer> steps) {
        return LEFT + (double) step / Math.max(1, steps.size() - 1) * (WIDTH - LEFT - RIGHT);
    }

    private static double largest(Map<String, Map<String, Double>> groups) {
        return groups.values().stream()
                .flatMap(values -> values.values().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static void rectangle(StringBuilder body, double x, double y, double width, String color) {
        body.append(String.format(
                Locale.ROOT,
                "  <rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                x,
                y,
                width,
                BAR,
                color));
    }

    private static void text(StringBuilder body, double x, double y, String anchor, String weight, String text) {
        body.append(String.format(
                Locale.ROOT,
                "  <text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-weight=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                weight,
                text.replace("&", "&amp;").replace("<", "&lt;")));
    }

    private String document(int height, String title, StringBuilder body) {
        svg.append(String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n",
                WIDTH, height));
        svg.append(String.format("  <rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n", WIDTH, height));
        text(svg, 10, 20, "start", "bold", title);
        return svg.append(body).append("</svg>\n").toString();
    }
}
