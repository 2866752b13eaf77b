package com.ecommerce.orders.conformance;

import java.util.List;

/**
 * One promise of the contract, as requests and answers.
 *
 * @param file the topic file without its extension
 * @param clause the clause of the contract that it proves
 */
public record ConformanceCase(String file, String topic, String name, String clause, List<Step> steps) {

    public String displayName() {
        return topic + ": " + name;
    }
}
