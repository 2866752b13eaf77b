package com.ecommerce.orders.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A parser of timestamps: {@code date-time} of RFC 3339, section 5.6. */
public final class Timestamps {

    private static final Pattern DATE_TIME =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}):([0-9]{2})(?:\\.([0-9]+))?"
                    + "(?:[Zz]|([+-])([0-9]{2}:[0-9]{2}))");
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");
    private static final int LEAP_SECOND = 60;
    private static final int MICROS_DIGITS = 6;

    private Timestamps() {}

    /**
     * Reads a timestamp. A leap second counts as the next second. A time that is finer than a microsecond is rounded up. A
     * period with such a bound still has the same orders, because the times of orders are whole microseconds.
     *
     * @return {@code null} if {@code text} is not a timestamp
     */
    public static @Nullable Instant parse(String text) {
        Matcher parts = DATE_TIME.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        try {
            LocalDateTime minute = LocalDate.parse(parts.group(1)).atTime(LocalTime.parse(parts.group(2)));
            LocalDateTime utc = minute.minusSeconds(offsetSeconds(parts.group(5), parts.group(6)));
            int second = Integer.parseInt(parts.group(3));
            LocalDateTime time = utc.plusSeconds(second);
            if (second > LEAP_SECOND || second == LEAP_SECOND && !isStartOfMonth(time)) {
                return null;
            }
            return clamp(time.plus(micros(parts.group(4)), ChronoUnit.MICROS));
        } catch (DateTimeException noSuchTime) {
            return null;
        }
    }

    private static long offsetSeconds(@Nullable String sign, String offset) {
        if (sign == null) {
            return 0;
        }
        int seconds = LocalTime.parse(offset).toSecondOfDay();
        return sign.equals("-") ? -seconds : seconds;
    }

    /** Tells whether a leap second may end at {@code time}: leap seconds are at the end of a month in UTC (appendix D). */
    private static boolean isStartOfMonth(LocalDateTime time) {
        return time.getDayOfMonth() == 1 && time.toLocalTime().equals(LocalTime.MIDNIGHT);
    }

    private static long micros(@Nullable String fraction) {
        if (fraction == null) {
            return 0;
        }
        String digits = (fraction + "000000").substring(0, MICROS_DIGITS);
        boolean isFiner = fraction.length() > MICROS_DIGITS
                && fraction.chars().skip(MICROS_DIGITS).anyMatch(digit -> digit != '0');
        return Long.parseLong(digits) + (isFiner ? 1 : 0);
    }

    /** Limits a time to the years of RFC 3339. No order has a time outside these years. */
    private static Instant clamp(LocalDateTime time) {
        Instant instant = time.toInstant(ZoneOffset.UTC);
        if (instant.isBefore(FIRST)) {
            return FIRST;
        }
        return instant.isAfter(LAST) ? LAST : instant;
    }
}
