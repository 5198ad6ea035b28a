package org.redress.membership;

import com.jayway.jsonpath.JsonPath;
import java.util.List;

/** The codes of a list of documents as the form shows it. */
final class ApplicationDocuments {

    private ApplicationDocuments() {}

    static List<String> of(String json) {
        return JsonPath.parse(json).read("$[*].value");
    }
}
