package com.ecommerce.orders.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The parts of a page of the documentation that the tests read. */
record MarkdownPage(Path path, String prose, List<Block> blocks) {

    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git", ".data");
    private static final Pattern FENCE = Pattern.compile("\\s*(```+)(.*)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

    /** Returns every page of the repository. */
    static List<MarkdownPage> all() {
        try (Stream<Path> files = Files.walk(Path.of(""))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> Stream.of(file.toString().split("[/\\\\]")).noneMatch(NOT_OURS::contains))
                    .sorted()
                    .map(MarkdownPage::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MarkdownPage read(Path path) {
        try {
            List<String> prose = new ArrayList<>();
            List<Block> blocks = new ArrayList<>();
            StringBuilder code = null;
            String tag = "";
            for (String line : Files.readAllLines(path)) {
                Matcher fence = FENCE.matcher(line);
                if (!fence.matches()) {
                    if (code == null) {
                        prose.add(line);
                    } else {
                        code.append(line).append('\n');
                    }
                } else if (code == null) {
                    code = new StringBuilder();
                    tag = fence.group(2).strip();
                } else {
                    blocks.add(new Block(tag, code.toString()));
                    code = null;
                }
            }
            return new MarkdownPage(path, String.join("\n", prose), blocks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the targets of the links as they are written. */
    List<String> links() {
        return matches(LINK, CODE.matcher(prose).replaceAll("code"));
    }

    /** Returns the texts in code style outside of blocks. */
    List<String> code() {
        return matches(CODE, prose);
    }

    /** Returns the anchors that GitHub creates for the headings. */
    Set<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new HashSet<>();
        for (String heading : matches(HEADING, prose)) {
            String anchor = heading.toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                    .replace(' ', '-');
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    /**
     * A fenced block.
     *
     * @param tag the text after the fence
     */
    record Block(String tag, String text) {}
}
