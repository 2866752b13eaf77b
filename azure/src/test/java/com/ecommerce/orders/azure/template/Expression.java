package com.ecommerce.orders.azure.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A parsed template expression, such as {@code [concat(parameters('appName'), '-plan')]}. */
sealed interface Expression {

    /** A string or a number. */
    record Literal(JsonNode value) implements Expression {}

    /** A call of a template function. */
    record Call(String function, List<Expression> arguments) implements Expression {}

    /** An element of an array, or a property of an object. */
    record Element(Expression of, Expression key) implements Expression {}

    /** Tells whether Resource Manager evaluates {@code text}. Two brackets at the start stand for one plain bracket. */
    static boolean isExpression(String text) {
        return text.startsWith("[") && text.endsWith("]") && !text.startsWith("[[");
    }

    /** Parses a text for which {@link #isExpression} is true. */
    static Expression parse(String text) {
        Parser parser = new Parser(text.substring(1, text.length() - 1));
        Expression parsed = parser.expression();
        if (!parser.rest().isEmpty()) {
            throw new IllegalArgumentException("Not understood: " + parser.rest() + " in " + text);
        }
        return parsed;
    }

    /** A parser that reads from left to right. */
    final class Parser {

        private static final Pattern TOKEN =
                Pattern.compile("\\s*(?:'((?:[^']|'')*)'|(-?\\d+)|([A-Za-z][A-Za-z0-9]*)|([()\\[\\],.]))\\s*");

        private final String text;
        private int position;

        private Parser(String text) {
            this.text = text;
        }

        private Expression expression() {
            Expression read = primary();
            while (true) {
                if (accept(".")) {
                    read = new Element(read, new Literal(JsonNodeFactory.instance.stringNode(next().group(3))));
                } else if (accept("[")) {
                    read = new Element(read, expression());
                    expect("]");
                } else {
                    return read;
                }
            }
        }

        private Expression primary() {
            Matcher token = next();
            if (token.group(1) != null) {
                return new Literal(
                        JsonNodeFactory.instance.stringNode(token.group(1).replace("''", "'")));
            }
            if (token.group(2) != null) {
                return new Literal(JsonNodeFactory.instance.numberNode(Long.parseLong(token.group(2))));
            }
            if (token.group(3) == null) {
                throw new IllegalArgumentException("Not expected: " + token.group() + " in " + text);
            }
            expect("(");
            return new Call(token.group(3), arguments());
        }

        private List<Expression> arguments() {
            List<Expression> arguments = new ArrayList<>();
            if (accept(")")) {
                return arguments;
            }
            do {
                arguments.add(expression());
            } while (accept(","));
            expect(")");
            return arguments;
        }

        private String rest() {
            return text.substring(position).strip();
        }

        private boolean accept(String symbol) {
            if (!rest().startsWith(symbol)) {
                return false;
            }
            position = text.indexOf(symbol, position) + symbol.length();
            return true;
        }

        private void expect(String symbol) {
            if (!accept(symbol)) {
                throw new IllegalArgumentException("Expected " + symbol + " before " + rest() + " in " + text);
            }
        }

        private Matcher next() {
            Matcher token = TOKEN.matcher(text).region(position, text.length());
            if (!token.lookingAt()) {
                throw new IllegalArgumentException("Not understood: " + rest() + " in " + text);
            }
            position = token.end();
            return token;
        }
    }
}
